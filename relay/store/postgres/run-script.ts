import type { QueryResult } from 'pg';
import type { Answer, Cell, Param, Row, Script, Step } from '../core/script';
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

/** The part of a stream that is needed to send several statements as one packet. */
interface Held {
  cork(): void;
  uncork(): void;
}

/** Carries scripts out over a connection or the pool, each step after the other. */
export async function runScript<T>(runner: Runner, script: Script<T>): Promise<T> {
  const session = new ScriptSession(runner);
  try {
    const value = await session.run(script);
    await session.settled();
    return value;
  } finally {
    session.letGo();
  }
}

/**
 * Scripts of one transaction on a connection that pipelines: steps whose answer nobody reads are sent, and the next one at once behind
 * them; so are steps together. The server still carries them out one by one.
 */
export class ScriptSession {
  readonly #runner: Runner;
  readonly #stream: Held | undefined;
  #held = false;
  #unread: Promise<unknown>[] = [];

  constructor(runner: Runner) {
    this.#runner = runner;
    this.#stream = (runner as { connection?: { stream?: Held } }).connection?.stream;
  }

  /** From now on what is sent is held back until an answer is waited for: one packet instead of many. */
  hold(): void {
    if (!this.#held) this.#stream?.cork();
    this.#held = true;
  }

  /** Sends what was held back. */
  letGo(): void {
    if (this.#held) this.#stream?.uncork();
    this.#held = false;
  }

  /** `atLast` carries out what ends the transaction, and is called with the last step of the script if that is known to be the last. */
  async run<T>(script: Script<T>, atLast?: () => Promise<unknown>): Promise<T> {
    let step = script.next();
    while (!step.done) {
      this.hold();
      if (step.value.kind === 'together' && step.value.last && atLast) {
        const answer = carryOut(this.#runner, step.value);
        this.leave(answer);
        await atLast();
        step = script.next(await answer);
        if (!step.done) throw new Error('A step follows what was said to be the last.');
        break;
      }
      const answer = carryOut(this.#runner, step.value);
      if (isQuiet(step.value)) {
        this.leave(answer);
        step = script.next([]);
      } else step = script.next(await this.read(answer));
    }
    return step.value;
  }

  /** Waits for an answer and for all before it; the first error of them is the one that counts. */
  async read<T>(answer: Promise<T>): Promise<T> {
    this.letGo();
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

  /** Sent, and not waited for. */
  leave(answer: Promise<unknown>): void {
    // Its error is told with the next answer that is read.
    answer.catch(() => undefined);
    this.#unread.push(answer);
  }
}

const isQuiet = (step: Step): boolean =>
  step.kind === 'insert' ||
  step.kind === 'update' ||
  step.kind === 'lock' ||
  (step.kind === 'sql' && step.quiet) ||
  (step.kind === 'together' && step.steps.every(isQuiet));

function carryOut(runner: Runner, step: Step): Promise<Answer> {
  if (step.kind !== 'together') return carryOutOne(runner, step);
  if (step.steps.length > 1 && isQuiet(step)) return send(runner, merge(step.steps.map(toStatement)));
  return Promise.all(step.steps.map((one) => carryOutOne(runner, one)));
}

const carryOutOne = (runner: Runner, step: Step): Promise<Row[]> => send(runner, toStatement(step));

interface Statement {
  text: string;
  values: unknown[];
}

async function send(runner: Runner, { text, values }: Statement): Promise<Row[]> {
  return (await runner.query({ name: nameOf(text), text, values })).rows;
}

const names = new Map<string, string>();

/** Statements are prepared once a connection, under a name of their own. */
function nameOf(text: string): string {
  const known = names.get(text) ?? `srl_${names.size}`;
  names.set(text, known);
  return known;
}

/** Changes of different tables as one statement: each by itself costs as much again for being sent and answered as for being done. */
function merge(statements: readonly Statement[]): Statement {
  let before = 0;
  const parts = statements.map(({ text, values }, at) => {
    const shift = before;
    before += values.length;
    return `s${at} AS (${text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${Number(number) + shift}`)})`;
  });
  return {
    text: `WITH ${parts.join(', ')} SELECT 1 AS n WHERE false`,
    values: statements.flatMap(({ values }) => values),
  };
}

function toStatement(step: Step): Statement {
  switch (step.kind) {
    case 'sql':
      return bind(step.sql, step.params);
    case 'update':
      return bind(step.sql, step.params, step.rows);
    case 'insert':
      return toInsert(step);
    case 'lock':
      // In one order everywhere: transactions that need the same buckets never wait for one another in a ring.
      return bind('SELECT pg_advisory_xact_lock(?::int, k) FROM (SELECT unnest(?::int[]) AS k ORDER BY 1) s', [
        LOCK_CLASS,
        [...new Set(step.names.map(bucketOf))].sort((a, b) => a - b),
      ]);
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
  const values = known.sources.map(({ param, column }) => {
    const given = param === 'each' ? each : params[param];
    return column === null ? given : (given as readonly (readonly Cell[])[]).map((row) => row[column] ?? null);
  });
  return { text: known.text, values };
}

function toInsert(step: Extract<Step, { kind: 'insert' }>): Statement {
  const arrays = step.columns.map((column, at) => `$${at + 1}::${columnType(step.table, column)}[]`);
  const conflict = step.conflict ? ` ON CONFLICT${step.conflict}` : '';
  return {
    text: `INSERT INTO ${step.table}(${step.columns.join(',')}) SELECT * FROM unnest(${arrays.join(',')})${conflict}`,
    values: step.columns.map((_, at) => step.rows.map((row) => row[at] ?? null)),
  };
}

/** FNV-1a, 32 bits. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
