import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from './cli-error';
import { note } from './print';
import { callRelay, problemText, RelayUnreachable, type ApiAnswer, type RelayTarget } from './relay-api';

/** Answers after which a part is sent again. */
const AGAIN = new Set([429, 503]);
const LONGEST_PAUSE_S = 15;

export interface Accepted {
  requestId: string | null;
  accepted: number;
  ignored?: unknown[];
}

/** Checks an option that says for how many minutes a relay that does not answer is waited for. Throws `CliError`. */
export function readPatience(minutes: string): number {
  const ms = Number(minutes) * 60_000;
  if (!(ms >= 0)) throw new CliError('--wait must be a number of minutes', 2);
  return ms;
}

/**
 * Sends a load part by part, each under a key made of its content, so that a part sent twice is taken once. While the relay is busy, or away
 * after it was there (it was restarted, or its machine was), the part is sent again and again, for `patienceMs` from the last that was taken.
 */
export class PartSender {
  readonly #target: RelayTarget;
  readonly #salt: string;
  readonly #patienceMs: number;
  readonly #goOn: string;
  #isThere = false;
  #lastAt = performance.now();

  /** `goOn` is what a person is told who finds the load cut short. */
  constructor(target: RelayTarget, { salt, patienceMs, goOn }: { salt: string; patienceMs: number; goOn: string }) {
    this.#target = target;
    this.#salt = salt;
    this.#patienceMs = patienceMs;
    this.#goOn = goOn;
  }

  /** Throws `CliError` when the part is refused, or the patience is over. */
  async send(body: object): Promise<Accepted> {
    const key = createHash('sha256').update(this.#salt).update(JSON.stringify(body)).digest('hex');
    await this.#look();
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#try(body, key);
      if (!(answer instanceof RelayUnreachable) && (answer.status === 200 || answer.status === 202)) {
        this.#lastAt = performance.now();
        return answer.body as Accepted;
      }
      const why = answer instanceof RelayUnreachable ? answer.message : whyRefused(answer);
      const waitS = pauseS(answer, tries);
      const passing = answer instanceof RelayUnreachable || AGAIN.has(answer.status);
      const leftMs = this.#lastAt + this.#patienceMs - performance.now();
      if (!passing || leftMs < waitS * 1_000) throw new CliError(`${why}\n${this.#goOn}`);
      note(`${why} Trying again in ${waitS} s.`);
      await sleep(waitS * 1_000);
    }
  }

  /** A relay that was never there is a wrong address, for which nobody should wait. */
  async #look(): Promise<void> {
    if (this.#isThere) return;
    await callRelay(this.#target, '/healthz');
    this.#isThere = true;
  }

  async #try(body: object, key: string): Promise<ApiAnswer | RelayUnreachable> {
    try {
      return await callRelay(this.#target, '/v1/upserts', { body, headers: { 'idempotency-key': key } });
    } catch (error) {
      if (error instanceof RelayUnreachable) return error;
      throw error;
    }
  }
}

const whyRefused = ({ status, body }: ApiAnswer): string => `The relay answered ${status}: ${problemText(body)}`;

/** As the relay asks for, or longer each time. */
function pauseS(answer: ApiAnswer | RelayUnreachable, tries: number): number {
  const asked = answer instanceof RelayUnreachable ? null : answer.headers.get('retry-after');
  return asked === null ? Math.min(2 ** (tries - 1), LONGEST_PAUSE_S) : Number(asked) || 1;
}

/** The command as it was given; a key on the command line is not repeated. */
export function howToGoOn(words: readonly string[] = process.argv.slice(2)): string {
  const shown = words.map((word, at) => {
    if (words[at - 1] === '--key') return '"$SUITERELAY_KEY"';
    if (word.startsWith('--key=')) return '--key="$SUITERELAY_KEY"';
    return /^[\w./:=@,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  });
  return `What was sent so far is stored. Go on with the same command; nothing is taken twice:\n  suiterelay ${shown.join(' ')}`;
}
