import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { describeAccount, judgeIdentity, type RestletClient, type WrongIdentity } from '../netsuite';

export interface IdentityOptions {
  account: string;
  client: RestletClient;
  /** Carries a question out in a slot while nothing is sent; answers null where the account has no slot for it. */
  ask: <T>(work: () => Promise<T>) => Promise<T | null>;
  /** The same while the account is at work: it waits for its slot, and goes before the next batch. */
  askInLine: <T>(work: () => Promise<T>) => Promise<T>;
  /** Sends nothing more to the account, until `go`. */
  hold: () => void;
  go: () => void;
  log: Logger;
  pauses?: Partial<Pauses>;
}

interface Pauses {
  /** Between two questions to an account whose word was good, in ms. */
  goodMs: number;
  /** To one whose word was not: whoever puts it right waits so long at most. */
  refusedMs: number;
  /** To one that could not be asked; doubled each time, up to `longestMs`. */
  failedMs: number;
  longestMs: number;
}

const PAUSES: Pauses = { goodMs: 3_600_000, refusedMs: 30_000, failedMs: 15_000, longestMs: 300_000 };
/** A slot for the question is waited for so often, so long; then others may have them all, or calls are stopped because of an outage. */
const SLOT_TRIES = 10;
const SLOT_EVERY_MS = 1_000;

/**
 * Asks an account whose the credentials are: at the start before anything is sent, later from time to time, since a token or certificate is
 * mapped to another role within NetSuite. Credentials that are an Administrator's, or another account's, end all calls until the account says
 * otherwise. One that can't be asked keeps nothing from being sent; it is asked as soon as it can be.
 */
export class IdentityWatch {
  /** Ends with the account's first word, also when it could not be asked. */
  readonly first: Promise<void>;
  readonly #options: IdentityOptions;
  readonly #pauses: Pauses;
  #refused: readonly WrongIdentity[] = [];
  #held = true;
  #failures = 0;
  #stopped = false;
  /** Counts changes of the credentials. */
  #turn = 0;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;

  constructor(options: IdentityOptions) {
    this.#options = options;
    this.#pauses = { ...PAUSES, ...options.pauses };
    options.hold();
    this.first = this.#start();
  }

  /** Why the account is sent nothing; empty while it is. */
  get refused(): readonly WrongIdentity[] {
    return this.#refused;
  }

  /** Credentials are about to change: what is said of the former ones counts no longer, and nothing is sent until `askAnew` was answered. */
  hold(): void {
    this.#turn += 1;
    this.#held = true;
    this.#refused = [];
    this.#options.hold();
  }

  /** Asks soon, instead of at the next time. */
  askAnew(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    if (this.#running) this.#again = true;
    else void this.#start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #start(): Promise<void> {
    this.#running = this.#round();
    return this.#running;
  }

  async #round(): Promise<void> {
    for (let asked = -1; !this.#stopped && (this.#again || asked !== this.#turn);) {
      asked = this.#turn;
      this.#again = false;
      const found = await this.#word();
      // Otherwise it was said of credentials that have been changed meanwhile.
      if (asked === this.#turn) this.#take(found);
    }
    this.#running = null;
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#start(), this.#pauseMs());
    this.#timer.unref();
  }

  /** What is wrong with the credentials; null when the account could not be asked. */
  async #word(): Promise<readonly WrongIdentity[] | null> {
    const { account, log, askInLine } = this.#options;
    try {
      return await (this.#held ? this.#askHeld() : askInLine(() => this.#question()));
    } catch (error) {
      if (!this.#stopped)
        log.warn({ err: error, account }, 'the account could not be asked whose credentials these are');
      return null;
    }
  }

  async #question(): Promise<readonly WrongIdentity[] | null> {
    const { account, client } = this.#options;
    const described = await describeAccount(client);
    return described && judgeIdentity(account, described);
  }

  async #askHeld(): Promise<readonly WrongIdentity[] | null> {
    for (let tries = 1; ; tries += 1) {
      const asked = await this.#options.ask(async () => ({ found: await this.#question() }));
      if (asked !== null || this.#stopped || tries === SLOT_TRIES) return asked?.found ?? null;
      await sleep(SLOT_EVERY_MS);
    }
  }

  #take(found: readonly WrongIdentity[] | null): void {
    const { account, log, hold, go } = this.#options;
    const before = this.#refused;
    this.#failures = found === null ? this.#failures + 1 : 0;
    this.#refused = found ?? before;
    this.#held = this.#refused.length > 0;
    if (JSON.stringify(this.#refused) !== JSON.stringify(before)) {
      for (const one of this.#refused) log.error({ account, ...one }, `nothing is sent to ${account}: ${one.message}`);
      if (!this.#held) log.info({ account }, 'the credentials are good now; going on');
    }
    if (this.#held) hold();
    else go();
  }

  #pauseMs(): number {
    const { goodMs, refusedMs, failedMs, longestMs } = this.#pauses;
    if (this.#failures > 0) return Math.min(failedMs * 2 ** (this.#failures - 1), longestMs);
    return this.#held ? refusedMs : goodMs;
  }
}
