import type { Lane, OperationState } from '../types';
import { outerState, type Inner } from './states';

/**
 * Every operation of the store is written once, as a generator that yields statements and receives rows. SQLite's engine runs it
 * synchronously in its writer thread, PostgreSQL's over a connection: the same steps in the same order, so that one suite proves both.
 *
 * SQL is the common part of both dialects, with `?` for parameters and these marks:
 * - `@list(bigint)`, `@list(text)`: a parameter that is an array, as a one-column subquery
 * - `@rows(a text, b bigint)`: a parameter that is an array of rows, as a subquery with those columns
 * - `@each(a text, b bigint)`: in an UPDATE of many rows, before its WHERE: the rows, under the name `v`
 * - `@turn`, `@turn(o)`: the number of an operation (of a table's alias), as the indexes of queues hold it
 * - `@lock` / `@skip`: FOR UPDATE / FOR UPDATE SKIP LOCKED where rows can be locked
 */
export type Cell = string | number | null;
export type Row = Record<string, Cell>;
/** What a parameter may be: a value, the array of an `@list`, the rows of an `@rows`. */
export type Param = Cell | readonly Cell[] | readonly (readonly Cell[])[];

export type Step =
  /**
   * `quiet`: nothing is made of its rows, so that whoever carries it out need not wait for the answer before the next. `brief`: it only
   * reads, and its rows are short; several of them may be asked for as one. `all`: it must answer so many rows; where another transaction
   * changed one of them since it was read, this one is undone and done anew.
   */
  | { kind: 'sql'; sql: string; params: readonly Param[]; quiet: boolean; brief?: boolean; all?: number }
  /** One UPDATE carried out for each row: its SQL holds one `@each`. `all`: every row must be found as its conditions say, else as above. */
  | { kind: 'update'; sql: string; params: readonly Cell[]; rows: readonly (readonly Cell[])[]; all?: boolean }
  | { kind: 'insert'; table: string; columns: readonly string[]; rows: readonly (readonly Cell[])[]; conflict?: string }
  /** Serialises transactions that touch one of the names, where transactions run side by side. */
  | { kind: 'lock'; names: readonly string[] }
  /** Takes `count` numbers of a sequence. */
  | { kind: 'allocate'; sequence: 'op' | 'request' | 'batch'; count: number }
  /** The same of versions, from a least one on; only where transactions run alone. */
  | { kind: 'allocate'; sequence: 'version'; count: number; least: number }
  /** Steps none of which needs the answer of another: carried out in their order, asked for at once. */
  | { kind: 'together'; steps: readonly Step[]; last: boolean };

/** A step is answered by its rows; steps together by the rows of each. */
export type Answer = Row[] | Row[][];
export type Script<T> = Generator<Step, T, Answer>;

/** Who became final or went to review; where the request's id is not known, its number stands for it until the transaction ends. */
export interface SettledRow {
  operationId: string;
  requestNo: number;
  requestId?: string | undefined;
  state: OperationState;
}

/** What a transaction knows and leaves behind. */
export interface Tx {
  /** Ms since epoch: of this machine for the embedded store, of the server for PostgreSQL. */
  readonly now: number;
  /** True where no other transaction runs meanwhile (the embedded store): nothing needs to be locked. */
  readonly alone: boolean;
  /** True where a try before met changes of others: what is chosen is locked at once, and what others hold is passed over. */
  readonly again?: boolean;
  random(): number;
  /** Pools in which work may have become ready. */
  readonly work: Set<string>;
  readonly settled: SettledRow[];
  readonly tally: Map<string, number>;
}

export const newTx = (now: number, alone: boolean, random: () => number = Math.random): Tx => ({
  now,
  alone,
  random,
  work: new Set(),
  settled: [],
  tally: new Map(),
});

export function* query<T>(sql: string, ...params: Param[]): Script<T[]> {
  return (yield select(sql, ...params)) as unknown as T[];
}

/** A statement whose rows nobody reads. */
export function* execute(sql: string, ...params: Param[]): Script<void> {
  yield update(sql, ...params);
}

export function* queryOne<T>(sql: string, ...params: Param[]): Script<T | undefined> {
  return (yield* query<T>(sql, ...params))[0];
}

/** An UPDATE with `@each`, for each row. */
export function* updateEach(sql: string, rows: readonly (readonly Cell[])[], ...params: Cell[]): Script<void> {
  if (rows.length > 0) yield updateRows(sql, rows, ...params);
}

export const updateRows = (sql: string, rows: readonly (readonly Cell[])[], ...params: Cell[]): Step => ({
  kind: 'update',
  sql,
  params,
  rows,
});

/** The same of rows that were read without a lock: see `all`. */
export const updateAll = (sql: string, rows: readonly (readonly Cell[])[], ...params: Cell[]): Step => ({
  kind: 'update',
  sql,
  params,
  rows,
  all: true,
});

export const insertRows = (
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  conflict?: string,
): Step => ({ kind: 'insert', table, columns, rows, ...(conflict ? { conflict } : {}) });

/** Changes of different tables, none of which reads what another changes. Those without rows are left out. */
export function* change(...steps: readonly Step[]): Script<void> {
  const some = steps.filter((step) => !('rows' in step) || step.rows.length > 0);
  if (some.length > 0) yield { kind: 'together', steps: some, last: false };
}

export function* insert(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  conflict?: string,
): Script<void> {
  if (rows.length > 0) yield insertRows(table, columns, rows, conflict);
}

export function* lock(names: readonly string[]): Script<void> {
  if (names.length > 0) yield { kind: 'lock', names };
}

export function* allocate(sequence: 'op' | 'request' | 'batch', count: number): Script<number[]> {
  if (count === 0) return [];
  return toNumbers((yield { kind: 'allocate', sequence, count }) as Row[]);
}

export const toNumbers = (rows: readonly Row[]): number[] => rows.map((row) => row['n'] as number);

export const update = (sql: string, ...params: Param[]): Step => ({ kind: 'sql', sql, params, quiet: true });

const selectOf = (sql: string, params: readonly Param[]) => ({ kind: 'sql', sql, params, quiet: false }) as const;

export const select = (sql: string, ...params: Param[]): Step => selectOf(sql, params);

/** Answers `all` rows: see there. */
export const selectAll = (all: number, sql: string, ...params: Param[]): Step => ({ ...selectOf(sql, params), all });

/** A read of short rows that locks nothing. */
export const look = (sql: string, ...params: Param[]): Step => ({
  kind: 'sql',
  sql,
  params,
  quiet: false,
  brief: true,
});

/** Answers the rows of each step. */
export function* together(...steps: readonly Step[]): Script<Row[][]> {
  return (yield { kind: 'together', steps, last: false }) as Row[][];
}

/** The same as the end of a script: everything is counted and noted by now, so that the commit may go along. No step may follow. */
export function* togetherAtLast(...steps: readonly Step[]): Script<Row[][]> {
  return (yield { kind: 'together', steps, last: true }) as Row[][];
}

export const json = (value: unknown): string => JSON.stringify(value);

/** Counts an operation in or out of an outer state; written once at the end of the transaction. */
export function count(tx: Tx, pool: string, lane: number, state: OperationState | 'purged', by: number): void {
  const key = `${pool}\u0000${lane}\u0000${state}`;
  tx.tally.set(key, (tx.tally.get(key) ?? 0) + by);
}

export interface Countable {
  pool: string;
  lane: number;
  state: number;
}

export function countMove(tx: Tx, before: Countable, after: number): void {
  const from = outerState(before.state as Inner);
  const to = outerState(after as Inner);
  if (from === to) return;
  count(tx, before.pool, before.lane, from, -1);
  count(tx, before.pool, before.lane, to, 1);
}

const TALLY_COLUMNS = ['pool', 'lane', 'state', 'n'];

/** Writes the counts of a transaction. Rows are only added here, so that transactions side by side never wait for one another; `compactTally` sums them up. */
export function* writeTally(tx: Tx): Script<void> {
  const rows: Cell[][] = [];
  for (const [key, n] of tx.tally) {
    const [pool = '', lane, state = ''] = key.split('\u0000');
    if (n !== 0) rows.push([pool, Number(lane), state, n]);
  }
  yield* insert('tally', TALLY_COLUMNS, rows);
}

const LANE_CODES: Record<Lane, number> = { realtime: 0, bulk: 1, replay: 2 };
const LANE_NAMES: readonly Lane[] = ['realtime', 'bulk', 'replay'];
export const laneCode = (lane: Lane): number => LANE_CODES[lane];
export const laneName = (code: number): Lane => LANE_NAMES[code] ?? 'bulk';
