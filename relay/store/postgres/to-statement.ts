import type { Cell, Param, Step } from '../core/script';
import { columnType } from './column-types';
import type { ElementType, List } from './encode-array';
import { mustFind, type Statement } from './join-statements';
import { lockNames } from './lock-names';
import { RowShapes, type Shape } from './row-shapes';
import { toPostgres } from './to-postgres';

export function toStatement(step: Step): Statement {
  switch (step.kind) {
    case 'sql':
      return step.all === undefined
        ? bind(step.sql, step.params)
        : mustFind({ ...bind(step.sql, step.params), all: step.all });
    case 'update':
      return bindRows(step);
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

type Translated = ReturnType<typeof toPostgres>;

const translated = new Map<string, Translated>();

function bind(sql: string, params: readonly Param[]): Statement {
  let known = translated.get(sql);
  if (!known) {
    known = toPostgres(sql);
    translated.set(sql, known);
  }
  return fill(known, params, []);
}

const fill = ({ text, sources }: Translated, params: readonly Param[], each: Rows): Statement => ({
  text,
  values: sources.map(({ param, column, type }) => {
    if (param === 'each')
      return type === undefined ? (each[0]?.[column ?? 0] ?? null) : listOf(each, column ?? 0, type);
    const given = params[param];
    if (type === undefined) return given as Cell;
    return column === null ? { type, values: given as Cell[] } : listOf(given as Rows, column, type);
  }),
});

type Rows = readonly (readonly Cell[])[];
const listOf = (rows: Rows, column: number, type: ElementType): List => ({
  type,
  values: rows.map((row) => row[column] ?? null),
});

/** Statements by the shape of their rows. */
interface Shaped<T> {
  shapes: RowShapes;
  made: Map<Shape, T>;
}

function shapedFor<T>({ shapes, made }: Shaped<T>, rows: Rows, make: (shape: Shape) => T): T {
  const shape = shapes.of(rows);
  let known = made.get(shape);
  if (known === undefined) {
    known = make(shape);
    made.set(shape, known);
  }
  return known;
}

const updates = new Map<string, Shaped<Translated>>();

function bindRows({ sql, params, rows, all }: Extract<Step, { kind: 'update' }>): Statement {
  let shaped = updates.get(sql);
  if (!shaped) {
    shaped = { shapes: new RowShapes(rows[0]?.length ?? 0), made: new Map() };
    updates.set(sql, shaped);
  }
  const known = shapedFor(shaped, rows, (shape) => toPostgres(all ? `${sql} RETURNING 1` : sql, shape));
  return all ? { ...fill(known, params, rows), all: rows.length } : fill(known, params, rows);
}

interface Insert extends Shaped<{ text: string; shape: Shape }> {
  columns: readonly string[];
  types: readonly ElementType[];
}

/** By table and what is done on a conflict: one for each list of columns. */
const inserts = new Map<string, Insert[]>();

function insertOf({ table, columns, conflict = '' }: InsertStep): Insert {
  const name = `${table} ${conflict}`;
  const known = inserts.get(name) ?? [];
  const same = known.find(
    (one) => one.columns.length === columns.length && one.columns.every((c, at) => c === columns[at]),
  );
  if (same) return same;
  const types = columns.map((column) => columnType(table, column));
  const made = { columns, types, shapes: new RowShapes(columns.length), made: new Map() };
  inserts.set(name, [...known, made]);
  return made;
}

type InsertStep = Extract<Step, { kind: 'insert' }>;

function toInsert(step: InsertStep): Statement {
  const { rows } = step;
  const insert = insertOf(step);
  const { text, shape } = shapedFor(insert, rows, (same) => ({
    text: insertText(step, insert.types, same),
    shape: same,
  }));
  const values = insert.types.map((type, at) => (shape[at] ? (rows[0]?.[at] ?? null) : listOf(rows, at, type)));
  return { text, values };
}

/** Columns that are the same in all rows as one value; a single row needs no list at all. */
function insertText({ table, columns, conflict }: InsertStep, types: readonly ElementType[], same: Shape): string {
  const values = columns.map((_, at) => (same[at] ? `$${at + 1}::${types[at]}` : `u.c${at}`)).join(',');
  const lists = columns.flatMap((_, at) => (same[at] ? [] : [at]));
  const from = `unnest(${lists.map((at) => `$${at + 1}::${types[at]}[]`).join(',')}) AS u(${lists.map((at) => `c${at}`).join(',')})`;
  const rows = lists.length === 0 ? `VALUES (${values})` : `SELECT ${values} FROM ${from}`;
  return `INSERT INTO ${table}(${columns.join(',')}) ${rows}${conflict === undefined ? '' : ` ON CONFLICT${conflict}`}`;
}
