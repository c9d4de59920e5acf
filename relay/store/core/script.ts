import type { Lane, OperationState } from '../types';
import { outerState, type Inner } from './states';

/**
 * Every operation of the store is written once, as a generator that yields statements and receives rows. SQLite's engine runs it
 * synchronously in its writer thread, PostgreSQL's over a connection: the same steps in the same order, so that one suite proves both.
 *
 * SQL is the common part of both dialects, with `?` for parameters and these marks:
 * - `@list(bigint)`, `@list(text)`: a parameter that is a JSON array, as a one-column subquery
 * - `@rows(a text, b bigint)`: a parameter that is a JSON array of arrays, as a subquery with those columns
 * - `@turn`, `@turn(o)`: the number of an operation (of a table's alias), as the indexes of queues hold it
 * - `@lock` / `@skip`: FOR UPDATE / FOR UPDATE SKIP LOCKED where rows can be locked
 */
export type Cell = string | number | null;
export type Row = Record<string, Cell>;

export type Step =
  /** `quiet`: nothing is made of its rows, so that whoever carries it out need not wait for the answer before the next. */
  | { kind: 'sql'; sql: string; params: readonly Cell[]; quiet: boolean }
  | { kind: 'insert'; table: string; columns: readonly string[]; rows: readonly (readonly Cell[])[]; conflict?: string }
  /** Serialises transactions that touch one of the names, where transactions run side by side. */
  | { kind: 'lock'; names: readonly string[] }
  /** Takes `count` numbers of a sequence. */
  | { kind: 'allocate'; sequence: 'op' | 'request' | 'batch'; count: number };

export type Script<T> = Generator<Step, T, Row[]>;

/** Who became final or went to review; the request's number stands for its id until the transaction ends. */
export interface SettledRow {
  operationId: string;
  requestNo: number;
  state: OperationState;
}

/** What a transaction knows and leaves behind. */
export interface Tx {
  /** Ms since epoch: of this machine for the embedded store, of the server for PostgreSQL. */
  readonly now: number;
  /** True where no other transaction runs meanwhile (the embedded store): nothing needs to be locked. */
  readonly alone: boolean;
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

export function* query<T>(sql: string, ...params: Cell[]): Script<T[]> {
  return (yield { kind: 'sql', sql, params, quiet: false }) as unknown as T[];
}

/** A statement whose rows nobody reads. */
export function* execute(sql: string, ...params: Cell[]): Script<void> {
  yield { kind: 'sql', sql, params, quiet: true };
}

export function* queryOne<T>(sql: string, ...params: Cell[]): Script<T | undefined> {
  return (yield* query<T>(sql, ...params))[0];
}

export function* insert(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  conflict?: string,
): Script<void> {
  if (rows.length > 0) yield { kind: 'insert', table, columns, rows, ...(conflict ? { conflict } : {}) };
}

export function* lock(names: readonly string[]): Script<void> {
  if (names.length > 0) yield { kind: 'lock', names };
}

export function* allocate(sequence: 'op' | 'request' | 'batch', count: number): Script<number[]> {
  if (count === 0) return [];
  const rows = yield { kind: 'allocate', sequence, count };
  return rows.map((row) => row['n'] as number);
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

/** Writes the counts of a transaction. Rows are only added here, so that transactions side by side never wait for one another; `compactTally` sums them up. */
export function* writeTally(tx: Tx): Script<void> {
  const rows = [...tx.tally].filter(([, n]) => n !== 0).map(([key, n]) => [...key.split('\u0000'), n] as Cell[]);
  yield* insert(
    'tally',
    ['pool', 'lane', 'state', 'n'],
    rows.map(([pool, lane, state, n]) => [pool ?? '', Number(lane), state ?? '', n ?? 0]),
  );
}

const LANE_CODES: Record<Lane, number> = { realtime: 0, bulk: 1, replay: 2 };
const LANE_NAMES: readonly Lane[] = ['realtime', 'bulk', 'replay'];
export const laneCode = (lane: Lane): number => LANE_CODES[lane];
export const laneName = (code: number): Lane => LANE_NAMES[code] ?? 'bulk';
