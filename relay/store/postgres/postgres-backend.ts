import { Pool, type PoolClient } from 'pg';
import { COMMANDS, type WriteName, type Writes } from '../core/commands';
import type { Backend } from '../core/make-store';
import type { EnqueueAnswer } from '../core/enqueue';
import type { PreparedRequest } from '../core/prepare-request';
import { newTx, writeTally, type Script, type Tx } from '../core/script';
import { tellSettled, toTold } from '../core/settled';
import { StoreUnavailable } from '../errors';
import type { Settled } from '../types';
import { commitOutcome, CommitUnknown } from './commit-outcome';
import { EnqueueAtOnce } from './enqueue-at-once';
import { EnqueueGroups } from './group-enqueues';
import { breakSilent, KEEP_ALIVE } from './break-silent';
import { checkSettings, migrate } from './migrate';
import { StatisticsKeeper } from './keep-statistics';
import type { Statement } from './join-statements';
import { Notifier } from './notifier';
import { parserOf } from './parse-value';
import { runScript, ScriptSession } from './run-script';
import { isPassing, translateError } from './translate-error';

export interface PostgresOptions {
  connectionString: string;
  /** Own schema in the database. */
  schema?: string;
  /** Connections at most. */
  connections?: number;
  /** How long a connection may take, or waiting for a free one; 10 s if not told. */
  connectMs?: number;
  /** How long an answer may take; a minute if not told. */
  answerMs?: number;
  /** How long what became of a commit is asked for whose answer was lost; 10 s if not told. */
  outcomeMs?: number;
  /** Added to the server's clock; for tests that move time. */
  offsetMs?: () => number;
}

/** Their first step needs no time: it goes along with the BEGIN. */
const LATE_CLOCK: ReadonlySet<WriteName> = new Set(['enqueue', 'take', 'settle']);
const MOST_TRIES = 10;
const CONNECT_MS = 10_000;
const ANSWER_MS = 60_000;
/**
 * How long a transaction may wait for its relay, in ms. One that stands still in the middle (a suspended machine, a cut network) holds locks
 * that all others wait for: the server takes them from it, and what it had begun is undone. Shorter than any lease.
 */
const IDLE_MS = 5_000;
const BEGIN = { text: 'BEGIN', values: [] };
const COMMIT = { text: 'COMMIT', values: [] };
/**
 * Decisions that others wait for are seen by them before they are on disk, and told to the caller after: the wait for the disk is that of a
 * second, empty transaction in the same flight, which the server can't flush without the first. Whoever decided by the first meanwhile comes
 * after it in the log, and is lost with it.
 */
const SEEN_FIRST: ReadonlySet<WriteName> = new Set(['take']);
const COMMIT_SEEN = [
  { text: 'SET LOCAL synchronous_commit=off', values: [] },
  COMMIT,
  { text: `SELECT pg_logical_emit_message(true, 'suiterelay', '')`, values: [] },
];
/** The server's: relays never compare their own clocks. */
const CLOCK = { text: 'SELECT (extract(epoch FROM clock_timestamp())*1000)::bigint AS now', values: [] };

/** The same, and by which name the transaction can be asked for. */
const CLOCK_AND_NAME = { text: `${CLOCK.text}, txid_current()::text AS xid`, values: [] };
/** Done again without need it would be done twice: what became of its commit is asked for where the answer was lost. */
const ONCE_ONLY: ReadonlySet<WriteName> = new Set(['enqueue']);

/** A transaction that was to be committed, and what is left to do if it was. */
interface LostCommit<T> {
  xid: string;
  done: () => T;
  error: unknown;
}

/** Several relays on one database: every decision is a transaction there, and holds for all of them. */
export class PostgresBackend implements Backend {
  readonly engine = 'postgres';
  readonly #pool: Pool;
  readonly #notifier: Notifier;
  readonly #groups: EnqueueGroups;
  readonly #atOnce: EnqueueAtOnce;
  /** Acceptances under way. */
  #accepting = 0;
  readonly #statistics: StatisticsKeeper;
  readonly #offsetMs: () => number;
  readonly #outcomeMs: number | undefined;
  /** Server's clock less ours, as last seen: good enough for what is only shown. */
  #skewMs = 0;
  #listener: (work: readonly string[], settled: readonly Settled[]) => void = () => undefined;
  #closed = false;

  static async open(options: PostgresOptions): Promise<PostgresBackend> {
    const backend = new PostgresBackend(options);
    try {
      const client = await backend.#pool.connect();
      try {
        await checkSettings(client);
        await migrate(client, schemaOf(options));
      } finally {
        client.release();
      }
      breakSilent(backend.#pool, options.answerMs ?? ANSWER_MS);
      await backend.#notifier.listen();
      backend.#statistics.start();
      return backend;
    } catch (error) {
      await backend.close();
      throw translateError(error);
    }
  }

  private constructor(options: PostgresOptions) {
    const connection = {
      connectionString: options.connectionString,
      connectionTimeoutMillis: options.connectMs ?? CONNECT_MS,
      ...KEEP_ALIVE,
    };
    this.#pool = new Pool({
      ...connection,
      max: options.connections ?? 10,
      pipeline: true,
      // Every table is touched by index only, and pages that are read by index are mostly in memory: 4, the default, is for old disks.
      // One plan a statement, for lists of any length: planning each anew costs as much as carrying it out.
      options: `-c search_path=${schemaOf(options)} -c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan -c idle_in_transaction_session_timeout=${IDLE_MS}`,
      types: { getTypeParser: parserOf },
    });
    // A broken connection is replaced on next use; one that breaks in the middle of a transaction tells it by the next statement.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#offsetMs = options.offsetMs ?? (() => 0);
    this.#outcomeMs = options.outcomeMs;
    this.#notifier = new Notifier(this.#pool, connection, (work, settled) => this.#listener(work, settled));
    this.#statistics = new StatisticsKeeper(this.#pool);
    this.#atOnce = new EnqueueAtOnce(this.#pool, this.#offsetMs);
    this.#groups = new EnqueueGroups((requests) => this.#enqueue(requests));
  }

  async write<K extends WriteName>(name: K, args: Writes[K]['args']): Promise<Writes[K]['result']> {
    if (this.#closed) throw new StoreUnavailable('closed', 'The store is closed.');
    try {
      if (name === 'enqueue') return await this.#groups.add(args as PreparedRequest[]);
      return await this.#transact(name, (tx) => COMMANDS[name](tx, args));
    } catch (error) {
      throw translateError(error);
    }
  }

  now(): number {
    return Date.now() + this.#skewMs;
  }

  async read<T>(script: (tx: Tx) => Script<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailable('closed', 'The store is closed.');
    let client: PoolClient | undefined;
    let failed = true;
    try {
      client = await this.#pool.connect();
      const value = await runScript(client, script(newTx(this.now(), false)));
      failed = false;
      return value;
    } catch (error) {
      throw translateError(error);
    } finally {
      client?.release(failed);
    }
  }

  onCommit(listener: (work: readonly string[], settled: readonly Settled[]) => void): void {
    this.#listener = listener;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([this.#notifier.close(), this.#statistics.close()]);
    await this.#pool.end();
  }

  async #enqueue(requests: PreparedRequest[]): Promise<EnqueueAnswer[]> {
    const [only] = requests;
    this.#accepting += 1;
    try {
      // Beside others its number would seldom be the newest by the time it is stored.
      const alone = only && requests.length === 1 && this.#accepting === 1;
      const guess = alone ? await this.#atOnce.accept(only) : null;
      if (!guess) {
        this.#atOnce.forget();
        return await this.#transact('enqueue', (tx) => COMMANDS.enqueue(tx, requests));
      }
      this.#announce(guess.tx, guess.settled);
      return guess.answers;
    } finally {
      this.#accepting -= 1;
    }
  }

  async #transact<T>(name: WriteName, script: (tx: Tx) => Script<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#tryOnce(name, script, tries > 1);
      } catch (error) {
        if (!isPassing(error) || tries >= MOST_TRIES) throw error;
      }
    }
  }

  async #tryOnce<T>(name: WriteName, script: (tx: Tx) => Script<T>, again: boolean): Promise<T> {
    const client = await this.#pool.connect();
    const session = new ScriptSession(client);
    let broken = false;
    let committing: Omit<LostCommit<T>, 'error'> | undefined;
    let lost: LostCommit<T>;
    try {
      const { tx, xid } = this.#begin(session, { again, named: ONCE_ONLY.has(name) });
      if (!LATE_CLOCK.has(name)) await session.send();
      let settled: Settled[] | undefined;
      const commit = async (ends: readonly Statement[]): Promise<void> => {
        await session.run(writeTally(tx));
        settled = await session.run(tellSettled(tx));
        for (const statement of ends) session.add(statement);
        await session.send();
      };
      const value = await session.run(script(tx), () => commit(SEEN_FIRST.has(name) ? COMMIT_SEEN : [COMMIT]));
      const done = (): T => {
        // The last step may have settled more; it says whose requests those are.
        this.#announce(tx, [...(settled ?? []), ...tx.settled.slice(settled?.length ?? 0).map((row) => toTold(row))]);
        return value;
      };
      const known = xid();
      if (known !== null) committing = { xid: known, done };
      if (!settled) await commit([COMMIT]);
      return done();
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      if (!broken || !committing) throw error;
      lost = { ...committing, error };
    } finally {
      client.release(broken);
    }
    return this.#afterLostCommit(lost);
  }

  /** The connection ended while its commit was under way. */
  async #afterLostCommit<T>({ xid, done, error }: LostCommit<T>): Promise<T> {
    const outcome = await commitOutcome(this.#pool, xid, this.#outcomeMs);
    if (outcome === 'committed') return done();
    throw outcome === 'aborted' ? error : new CommitUnknown(error);
  }

  /** The server's time, and the transaction's name where it is asked for, are known when the first flight is answered. */
  #begin(
    session: ScriptSession,
    { again, named }: { again: boolean; named: boolean },
  ): { tx: Tx; xid: () => string | null } {
    session.add(BEGIN);
    const clock = session.add(named ? CLOCK_AND_NAME : CLOCK) as { rows: { now: number; xid?: string }[] };
    const offsetMs = this.#offsetMs();
    const askedAtMs = Date.now();
    let now: number | undefined;
    const read = (): number => {
      const [row] = clock.rows;
      if (!row) throw new Error('The time was asked for before BEGIN was answered.');
      // By when it was asked, not by when the answer was read: a process that stood still meanwhile must not take its time for late.
      this.#skewMs = row.now + offsetMs - askedAtMs;
      return row.now + offsetMs;
    };
    const tx = {
      ...newTx(0, false),
      again,
      get now() {
        return (now ??= read());
      },
    };
    return { tx, xid: () => clock.rows[0]?.xid ?? null };
  }

  #announce(tx: Tx, settled: Settled[]): void {
    if (tx.work.size === 0 && settled.length === 0) return;
    this.#listener([...tx.work], settled);
    this.#notifier.tell(tx.work, settled);
  }
}

const schemaOf = (options: PostgresOptions): string => options.schema ?? 'suiterelay';
