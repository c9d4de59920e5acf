import type { Cell, Param, Step } from '../core/script';
import { columnType } from './column-types';
import type { ElementType } from './encode-array';
import type { Statement } from './join-statements';
import { lockNames } from './lock-names';
import { toPostgres } from './to-postgres';

export function toStatement(step: Step): Statement {
  switch (step.kind) {
    case 'sql':
      return bind(step.sql, step.params);
    case 'update':
      return bind(step.sql, step.params, step.rows);
    case 'insert':
      return toInsert(step);
    case 'lock':
      return lockNames(step.names);
    case 'allocate':
      return bind(`SELECT nextval('seq_${step.sequence}') AS n FROM generate_series(1, ?::int)`, [step.count]);
    case 'together':
      throw new Error('Steps together are not nested.');
  }
}

const translated = new Map<string, ReturnType<typeof toPostgres>>();

function bind(sql: string, params: readonly Param[], each: readonly (readonly Cell[])[] = []): Statement {
  let known = translated.get(sql);
  if (!known) {
    known = toPostgres(sql);
    translated.set(sql, known);
  }
  const values = known.sources.map(({ param, column, type }) => {
    const given = param === 'each' ? each : params[param];
    if (type === undefined) return given as Cell;
    const list = column === null ? (given as Cell[]) : (given as Cell[][]).map((row) => row[column] ?? null);
    return { type, values: list };
  });
  return { text: known.text, values };
}

interface Insert {
  columns: readonly string[];
  text: string;
  types: readonly ElementType[];
}

/** By table and what is done on a conflict: one for each list of columns. */
const inserts = new Map<string, Insert[]>();

function insertOf({ table, columns, conflict = '' }: Extract<Step, { kind: 'insert' }>): Insert {
  const name = `${table} ${conflict}`;
  const known = inserts.get(name) ?? [];
  const same = known.find(
    (one) => one.columns.length === columns.length && one.columns.every((c, at) => c === columns[at]),
  );
  if (same) return same;
  const types = columns.map((column) => columnType(table, column));
  const arrays = types.map((type, at) => `$${at + 1}::${type}[]`);
  const text = `INSERT INTO ${table}(${columns.join(',')}) SELECT * FROM unnest(${arrays.join(',')})`;
  const made = { columns, types, text: conflict === '' ? text : `${text} ON CONFLICT${conflict}` };
  inserts.set(name, [...known, made]);
  return made;
}

function toInsert(step: Extract<Step, { kind: 'insert' }>): Statement {
  const { text, types } = insertOf(step);
  const columnOf = (at: number): Cell[] => step.rows.map((row) => row[at] ?? null);
  return { text, values: types.map((type, at) => ({ type, values: columnOf(at) })) };
}
