import type { Pool, PoolClient } from 'pg';
import type { PreparedRequest } from '../core/prepare-request';
import type { Row } from '../core/script';
import { Flight } from './flight';
import { guardedInsert, NUMBERS } from './guarded-insert';
import { guessEnqueue, isPlain, type Guess, type Numbers } from './guess-enqueue';
import type { Statement } from './join-statements';
import { lockNames } from './lock-names';
import { isPassing } from './translate-error';

/** After so long the server's time is asked for anew, and numbers with it. In ms. */
const NUMBERS_MS = 1_000;
/** Share of right guesses below which most requests are no longer guessed, and how many of those still are. */
const WORTH_IT = 0.6;
const STILL_TRIED = 1 / 32;
/** Weight of the last guess in that share. */
const LATEST = 1 / 32;
/** So far ahead of the server's clock it was accepted by one that has been set back since. In ms. */
const SET_BACK_MS = 5_000;

interface Reserve extends Numbers {
  takenAtMs: number;
  /** The server's clock less ours, rather too little than too much: what is accepted must not seem to come from a time ahead. */
  skewMs: number;
}

/**
 * Accepts a request that came alone in one flight instead of two. It is planned on a guess, that nothing in the store has to do with it, and
 * the server writes the plan only if that holds. Most often it does: a record seldom changes again before its last change went through.
 */
export class EnqueueAtOnce {
  readonly #pool: Pool;
  readonly #offsetMs: () => number;
  #reserve: Reserve | null = null;
  #right = 1;
  /** Of what was accepted so: what comes later is not to seem older. */
  #latestMs = 0;

  constructor(pool: Pool, offsetMs: () => number) {
    this.#pool = pool;
    this.#offsetMs = offsetMs;
  }

  /** Null when nothing was stored, and it has to be accepted like all others. */
  async accept(request: PreparedRequest): Promise<Guess | null> {
    if (!isPlain(request) || (this.#right < WORTH_IT && Math.random() > STILL_TRIED)) return null;
    const client = await this.#pool.connect();
    let failed = true;
    try {
      const guess = await this.#try(client, request);
      failed = false;
      return guess;
    } catch (error) {
      // Sent as one, without BEGIN: what failed left no transaction open.
      failed = !isPassing(error);
      if (failed) throw error;
      return null;
    } finally {
      client.release(failed);
    }
  }

  /** Operations are accepted in another way: numbers that were taken before are no longer the newest. */
  forget(): void {
    this.#reserve = null;
  }

  async #try(client: PoolClient, request: PreparedRequest): Promise<Guess | null> {
    const numbers = this.#takeNumbers() ?? (await askNumbers(client));
    const offsetMs = this.#offsetMs();
    const clock = Date.now() + numbers.skewMs + offsetMs;
    const now = this.#latestMs - clock > SET_BACK_MS ? clock : Math.max(clock, this.#latestMs);
    const guess = guessEnqueue(request, numbers, now);
    if (!guess) return null;
    const [, [row] = []] = await fly(client, [lockNames(guess.names), guardedInsert(request, guess, offsetMs)]);
    if (row) this.#reserve = toReserve(row, Date.now());
    const accepted = (row?.['accepted'] as unknown) === true;
    this.#right += ((accepted ? 1 : 0) - this.#right) * LATEST;
    if (!accepted) return null;
    this.#latestMs = now;
    return guess;
  }

  /** Each number is for one request, whatever becomes of it. */
  #takeNumbers(): Reserve | null {
    const reserve = this.#reserve;
    this.#reserve = null;
    return reserve && Date.now() - reserve.takenAtMs < NUMBERS_MS ? reserve : null;
  }
}

async function askNumbers(client: PoolClient): Promise<Reserve> {
  const [[row] = []] = await fly(client, [{ text: `SELECT ${NUMBERS}`, values: [] }]);
  if (!row) throw new Error('PostgreSQL answered no numbers.');
  return toReserve(row, Date.now());
}

const toReserve = (row: Row, answeredAtMs: number): Reserve => ({
  op: row['op'] as number,
  request: row['request'] as number,
  takenAtMs: answeredAtMs,
  // Both are rounded.
  skewMs: (row['now'] as number) - answeredAtMs - 1,
});

/** One transaction: the server begins it with the first statement and commits it at the flight's end. */
const fly = (client: PoolClient, statements: readonly Statement[]): Promise<Row[][]> =>
  new Promise((resolve, reject) => client.query(new Flight(statements, resolve, reject)));
