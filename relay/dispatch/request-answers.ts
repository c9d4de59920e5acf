import type { Logger } from 'pino';
import type { RequestAnswer } from '../../contract';
import { answerRequests, type RestletClient } from '../netsuite';

export interface RequestAnswersOptions {
  account: string;
  client: RestletClient;
  /** Gives the call a slot of the account: it counts like any other. */
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
  log: Logger;
  /** Waits between tries, in ms. */
  delaysMs?: readonly number[];
}

const PER_CALL = 100;
const DELAYS_MS = [1_000, 5_000, 30_000, 120_000];

/**
 * Brings answers back to the failure records whose requests were carried out. An answer that can't be delivered is given up after the
 * last try: the request then still stands on its record, and NetSuite's sweep asks once more.
 */
export class RequestAnswers {
  readonly #options: RequestAnswersOptions;
  readonly #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(options: RequestAnswersOptions) {
    this.#options = options;
  }

  send(answers: readonly RequestAnswer[]): void {
    for (let at = 0; at < answers.length; at += PER_CALL) {
      const some = answers.slice(at, at + PER_CALL);
      this.#work = this.#work.then(() => this.#deliver(some));
    }
  }

  /** What is not delivered yet is asked for again by NetSuite. */
  stop(): void {
    this.#stop.abort();
  }

  async #deliver(answers: readonly RequestAnswer[]): Promise<void> {
    const { delaysMs = DELAYS_MS, log, account } = this.#options;
    for (const delayMs of [...delaysMs, null]) {
      if (this.#stop.signal.aborted) return;
      const problem = await this.#tryOnce(answers);
      if (problem === null) return;
      if (delayMs === null)
        log.warn({ account, reason: problem }, 'answers to requests were not delivered; NetSuite asks again');
      else await this.#pause(delayMs);
    }
  }

  async #tryOnce(answers: readonly RequestAnswer[]): Promise<string | null> {
    const { client, withSlot } = this.#options;
    try {
      const called = await withSlot(() => answerRequests(client, answers));
      return called.ok ? null : `${called.failure.code}: ${called.failure.message}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Ends early when everything stops. */
  #pause(delayMs: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
