import { computedText } from './computed-text';
import type { Sql, SqlType } from './sql';
import { quote } from './sql';

export type ParamValue = string | number | null;
/** A parameter of the SQLite statement: bound parameter `source` of the query in the form a comparison needs it. */
export interface Slot {
  source: number;
  form: SlotForm;
  /** A whole IN list instead of one value: parameters by index, literals as they are. */
  list?: ({ param: number } | { literal: string | number | null })[];
}
export type SlotForm = 'as-is' | 'key' | 'number' | 'text' | 'upper';

/**
 * One compilation: parameters, index wishes, and numbering. Parameter types are known (the statement is compiled per types),
 * because what a comparison means depends on them.
 */
export class CompileContext {
  readonly slots: Slot[] = [];
  readonly indexes = new Map<string, { type: string; field: string; sublist?: string }>();
  /** Expressions over a record's row that indexes would serve. */
  readonly computed = new Set<string>();
  /** The same over the lines of a sublist, by expression. */
  readonly computedLines = new Map<string, string>();
  /** Aliases that stand for rows of the store's table of records. */
  readonly recordAliases = new Set<string>();
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
    const plain = (): string => this.slot(index, 'as-is');
    return {
      // Only where the plain value is used does the statement get a parameter for it.
      get sql() {
        return plain();
      },
      type,
      constant: true,
      param: { index, type },
    };
  }

  slot(source: number, wanted: SlotForm): string {
    // Text as text is the parameter itself: no second slot for it.
    const form = this.paramTypes[source] === 'text' && wanted === 'text' ? 'as-is' : wanted;
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

  /** The members of a long IN list as one JSON parameter, so that the statement stays short; all must be constants. */
  list(values: Sql[], form: SlotForm): string {
    const name = `:p${this.slots.length}`;
    const list = values.map((value) =>
      value.param ? { param: value.param.index } : { literal: value.literal ?? null },
    );
    this.slots.push({ source: -1, form, list });
    return `SELECT value FROM json_each(${name})`;
  }

  /** For a text that is compared for equality and is no stored one. */
  wantComputed(value: Sql): void {
    const expression = value.type === 'text' && !value.stored ? computedText(value.sql, this.recordAliases) : null;
    if (expression !== null) this.computed.add(expression);
  }

  wantIndex(index: Sql['stored'] | undefined): void {
    if (index?.computed !== undefined) this.computed.add(index.computed);
    if (index?.ofLines) this.computedLines.set(index.ofLines.expression, index.ofLines.sublist);
    if (index?.index) this.indexes.set(JSON.stringify(index.index), index.index);
  }
}

/** Ids are numbers there: `007` and ` 7 ` are 7. */
const WHOLE = /^\s*\+?0*(\d+)(?:\.0*)?\s*$/;

export function convert(value: string | number, form: SlotForm): ParamValue {
  switch (form) {
    case 'as-is':
      return value;
    case 'key':
      return typeof value === 'string' && WHOLE.test(value) ? value.trim().replace(WHOLE, '$1') : String(value);
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
