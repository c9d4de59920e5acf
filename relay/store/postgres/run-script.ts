import type { QueryResult } from 'pg';
import type { Cell, Row, Script, Step } from '../core/script';
import { columnType } from './column-types';
import { toPostgres } from './to-postgres';

/** What runs a statement: a connection within a transaction, or the pool for reads. */
export interface Runner {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<QueryResult<Row>>;
}

/** Locks are taken on buckets of names, so that a large transaction does not fill the server's lock table. */
const BUCKETS = 4096;
/** Class of our advisory locks, so that other programs on the database are not disturbed. */
export const LOCK_CLASS = 21_329;

const names = new Map<string, { name: string; text: string }>();

/** Statements are prepared once a connection, under a name of their own. */
function prepared(sql: string): { name: string; text: string } {
  let known = names.get(sql);
  if (!known) {
    known = { name: `srl_${names.size}`, text: toPostgres(sql) };
    names.set(sql, known);
  }
  return known;
}

/** Carries scripts out over a connection or the pool, each step after the other. */
export async function runScript<T>(runner: Runner, script: Script<T>): Promise<T> {
  const session = new ScriptSession(runner);
  const value = await session.run(script);
  await session.settled();
  return value;
}

/**
 * Scripts of one transaction on a connection that pipelines: steps whose answer nobody reads are sent, and the next one at once behind
 * them; the server still carries them out one by one. Saves about a third of the round trips of a take or a settlement.
 */
export class ScriptSession {
  readonly #runner: Runner;
  #unread: Promise<unknown>[] = [];

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  async run<T>(script: Script<T>): Promise<T> {
    let step = script.next();
    while (!step.done) {
      const answer = carryOut(this.#runner, step.value);
      if (isQuiet(step.value)) {
        this.#leave(answer);
        step = script.next([]);
      } else step = script.next(await this.read(answer));
    }
    return step.value;
  }

  /** Waits for an answer and for all before it; the first error of them is the one that counts. */
  async read<T>(answer: Promise<T>): Promise<T> {
    const before = this.#unread;
    this.#unread = [];
    const settled = await Promise.allSettled([...before, answer]);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return answer;
  }

  async settled(): Promise<void> {
    await this.read(Promise.resolve());
  }

  #leave(answer: Promise<unknown>): void {
    // Its error is told with the next answer that is read.
    answer.catch(() => undefined);
    this.#unread.push(answer);
  }
}

const isQuiet = (step: Step): boolean =>
  step.kind === 'insert' || step.kind === 'lock' || (step.kind === 'sql' && step.quiet);

async function carryOut(runner: Runner, step: Step): Promise<Row[]> {
  switch (step.kind) {
    case 'sql':
      return run(runner, step.sql, [...step.params]);
    case 'insert':
      return insertRows(runner, step);
    case 'lock':
      // In one order everywhere: transactions that need the same buckets never wait for one another in a ring.
      return run(runner, 'SELECT pg_advisory_xact_lock(?::int, k) FROM (SELECT unnest(?::int[]) AS k ORDER BY 1) s', [
        LOCK_CLASS,
        [...new Set(step.names.map(bucketOf))].sort((a, b) => a - b),
      ]);
    case 'allocate':
      return run(runner, `SELECT nextval('seq_${step.sequence}') AS n FROM generate_series(1, ?::int)`, [step.count]);
  }
}

async function run(runner: Runner, sql: string, values: unknown[]): Promise<Row[]> {
  return (await runner.query({ ...prepared(sql), values })).rows;
}

function insertRows(runner: Runner, step: Extract<Step, { kind: 'insert' }>): Promise<Row[]> {
  const arrays = step.columns.map((column) => `?::${columnType(step.table, column)}[]`);
  const conflict = step.conflict ? ` ON CONFLICT${step.conflict}` : '';
  const values: Cell[][] = step.columns.map((_, at) => step.rows.map((row) => row[at] ?? null));
  return run(
    runner,
    `INSERT INTO ${step.table}(${step.columns.join(',')}) SELECT * FROM unnest(${arrays.join(',')})${conflict}`,
    values,
  );
}

/** FNV-1a, 32 bits. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
