import type { QueryResult } from 'pg';
import type { Answer, Row, Script, Step } from '../core/script';
import { merge, readTogether, type Statement } from './join-statements';
import { toStatement } from './to-statement';

/** What runs a statement: a connection within a transaction, or the pool for reads. */
export interface Runner {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<QueryResult<Row>>;
}

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
  return askTogether(runner, step.steps);
}

/** Brief reads that stand beside each other as one statement, each with its rows as JSON; the others by themselves. */
async function askTogether(runner: Runner, steps: readonly Step[]): Promise<Row[][]> {
  const runs: Step[][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.every(isBrief) && isBrief(step)) last.push(step);
    else runs.push([step]);
  }
  const answers = await Promise.all(runs.map((run) => askRun(runner, run)));
  return answers.flat();
}

const isBrief = (step: Step): boolean => step.kind === 'allocate' || (step.kind === 'sql' && step.brief === true);

async function askRun(runner: Runner, run: readonly Step[]): Promise<Row[][]> {
  const statements = run.map(toStatement);
  if (statements.length === 1) return Promise.all(statements.map((one) => send(runner, one)));
  const [row] = await send(runner, readTogether(statements));
  return statements.map((_, at) => (row as unknown as Record<string, Row[]>)[`r${at}`] ?? []);
}

const carryOutOne = (runner: Runner, step: Step): Promise<Row[]> => send(runner, toStatement(step));

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
