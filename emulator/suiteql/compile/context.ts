import type { Sql, SqlType } from './sql';
import { quote } from './sql';

export type ParamValue = string | number | null;
/** A parameter of the SQLite statement: bound parameter `source` of the query in the form a comparison needs it. */
export interface Slot {
  source: number;
  form: SlotForm;
}
export type SlotForm = 'as-is' | 'key' | 'number' | 'text' | 'upper';

/**
 * One compilation: parameters, index wishes, and numbering. Parameter types are known (the statement is compiled per types),
 * because what a comparison means depends on them.
 */
export class CompileContext {
  readonly slots: Slot[] = [];
  readonly indexes = new Map<string, { type: string; field: string; sublist?: string }>();
  readonly tables = new Map<string, string[]>();
  private readonly paramTypes: ('text' | 'number' | 'null')[];
  private aliases = 0;
  private readonly slotNames = new Map<string, string>();

  constructor(paramTypes: ('text' | 'number' | 'null')[]) {
    this.paramTypes = paramTypes;
  }

  alias(): string {
    return `t${++this.aliases}`;
  }

  param(index: number): Sql {
    const type = this.paramTypes[index] ?? 'null';
    if (type === 'null') return { sql: 'NULL', type: 'null', constant: true, literal: null };
    return { sql: this.slot(index, 'as-is'), type, constant: true, param: { index, type } };
  }

  slot(source: number, form: SlotForm): string {
    const key = `${source}:${form}`;
    let name = this.slotNames.get(key);
    if (name === undefined) {
      name = `:p${this.slots.length}`;
      this.slots.push({ source, form });
      this.slotNames.set(key, name);
    }
    return name;
  }

  /** A literal or parameter in the given form; undefined for anything that only the query itself can compute. */
  constantAs(value: Sql, form: SlotForm): string | undefined {
    if (value.param) return this.slot(value.param.index, form);
    if (value.literal === undefined) return undefined;
    return value.literal === null ? 'NULL' : literalSql(convert(value.literal, form));
  }

  wantIndex(index: Sql['stored'] | undefined): void {
    if (index?.index) this.indexes.set(JSON.stringify(index.index), index.index);
  }
}

export function convert(value: string | number, form: SlotForm): ParamValue {
  switch (form) {
    case 'as-is':
      return value;
    case 'key':
    case 'text':
      return String(value);
    case 'upper':
      return String(value).replace(/[a-z]/g, (char) => char.toUpperCase());
    case 'number':
      return typeof value === 'number'
        ? value
        : value.trim() === '' || Number.isNaN(Number(value))
          ? value
          : Number(value);
  }
}

export const literalSql = (value: ParamValue): string =>
  value === null ? 'NULL' : typeof value === 'number' ? numberSql(value) : quote(value);

const numberSql = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(0) : String(value);

export function literal(value: string | number | null): Sql {
  if (value === null || value === '') return { sql: 'NULL', type: 'null', constant: true, literal: null };
  const type: SqlType = typeof value === 'number' ? 'number' : 'text';
  return { sql: literalSql(value), type, constant: true, literal: value };
}
