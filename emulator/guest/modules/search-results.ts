import type { CellValue, ColumnDefinition, Format, SearchResultSet, SearchRow } from '../../search/types';
import { isObject, readOnly } from './arguments';
import { Column } from './search-objects';

type Value = string | boolean;

/** One row. Values are text (booleans for check boxes); a column that the search does not have answers null. */
export class Result {
  declare readonly id: string | null;
  declare readonly recordType: string | null;
  declare readonly columns: Column[];
  declare getValue: (column: unknown, join?: unknown, summary?: unknown) => Value | null;
  declare getText: (column: unknown, join?: unknown, summary?: unknown) => string | null;
  declare getAllValues: () => Record<string, unknown>;
  declare toJSON: () => object;

  constructor(row: SearchRow, columns: Column[], formats: Format[]) {
    const cell = (given: unknown, rest: unknown[]): CellValue | undefined => {
      const index = findColumn(columns, given, rest);
      return index < 0 ? undefined : row.values[index];
    };
    const methods = {
      getValue: (given: unknown, ...rest: unknown[]): Value | null => cell(given, rest)?.[0] ?? null,
      getText: (given: unknown, ...rest: unknown[]): string | null => cell(given, rest)?.[1] ?? null,
      getAllValues: () => valuesOf(row, columns, formats),
      toJSON: () => ({ recordType: row.recordType, id: row.id, values: valuesOf(row, columns, formats) }),
    };
    readOnly(this, 'Result', { id: () => row.id, recordType: () => row.recordType, columns: () => columns });
    for (const [name, value] of Object.entries(methods)) Object.defineProperty(this, name, { value });
  }

  toString(): string {
    return 'search.Result';
  }
}

function valuesOf(row: SearchRow, columns: Column[], formats: Format[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  columns.forEach((column, i) => {
    const base = columnKey(column);
    let key = base;
    for (let n = 1; key in values; n++) key = `${base}_${n}`;
    values[key] = shown(row.values[i] ?? ['', null], formats[i] ?? 'text');
  });
  return values;
}

/** `customer.email`, `SUM(amount)`: how a value is called in getAllValues and JSON. */
function columnKey({ name, join, summary }: Column): string {
  const field = join ? `${join}.${name}` : name;
  return summary ? `${summary.toUpperCase()}(${field})` : field;
}

function shown([value, text, texts = []]: CellValue, format: Format): unknown {
  if (format !== 'select' && format !== 'multi') return value;
  if (value === '') return [];
  if (format === 'select') return [{ value, text: text ?? '' }];
  return String(value)
    .split(',')
    .map((id, i) => ({ value: id, text: texts[i] ?? '' }));
}

/** By Column object, by `{name, join, summary}`, by name (`join.name` too), or by name, join, summary in turn. */
function findColumn(columns: Column[], given: unknown, rest: unknown[]): number {
  if (given instanceof Column) {
    const same = columns.indexOf(given);
    if (same >= 0) return same;
    const alike = columns.findIndex(
      (column) =>
        matches(column, given) &&
        (column.formula ?? '') === (given.formula ?? '') &&
        (column.label ?? '') === (given.label ?? ''),
    );
    return alike >= 0 ? alike : columns.findIndex((column) => matches(column, given));
  }
  if (isObject(given)) return columns.findIndex((column) => matches(column, given));
  const [join, summary] = rest;
  const name = String(given);
  const exact = columns.findIndex((column) => matches(column, { name, join, summary }));
  if (exact >= 0 || !name.includes('.')) return exact;
  const at = name.indexOf('.');
  return columns.findIndex((column) => matches(column, { join: name.slice(0, at), name: name.slice(at + 1) }));
}

function matches(column: Column, wanted: { name?: unknown; join?: unknown; summary?: unknown }): boolean {
  const same = (a: unknown, b: unknown): boolean => String(a ?? '').toLowerCase() === String(b ?? '').toLowerCase();
  return same(column.name, wanted.name) && same(column.join, wanted.join) && same(column.summary, wanted.summary);
}

export function toResults(answer: SearchResultSet, columns: Column[]): Result[] {
  const formats = answer.columns.map((column: ColumnDefinition & { format: Format }) => column.format);
  return answer.rows.map((row) => new Result(row, columns, formats));
}
