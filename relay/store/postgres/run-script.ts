import type { ClientBase } from 'pg';
import type { Answer, Row, Script, Step } from '../core/script';
import { Flight } from './flight';
import { merge, readTogether, type Statement } from './join-statements';
import { toStatement } from './to-statement';

/** Carries a script out over a connection, each step after the other. */
export async function runScript<T>(client: ClientBase, script: Script<T>): Promise<T> {
  const session = new ScriptSession(client);
  const value = await session.run(script);
  await session.send();
  return value;
}

/** The rows of a statement, empty until it was answered. */
export interface Rows {
  rows: Row[];
}

/**
 * Scripts of one transaction on a connection: steps whose answer nobody reads are kept until an answer is needed, and go as one flight
 * with the step that needs it; so do steps together. The server still carries them out one by one.
 */
export class ScriptSession {
  readonly #client: ClientBase;
  #kept: { statement: Statement; answer: Rows }[] = [];

  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** Goes with the next flight. */
  add(statement: Statement): Rows {
    const answer: Rows = { rows: [] };
    this.#kept.push({ statement, answer });
    return answer;
  }

  /** Sends what was kept, and waits until all of it is answered. */
  async send(): Promise<void> {
    const kept = this.#kept;
    if (kept.length === 0) return;
    this.#kept = [];
    const answers = await new Promise<Row[][]>((resolve, reject) => {
      const statements = kept.map(({ statement }) => statement);
      this.#client.query(new Flight(statements, resolve, reject));
    });
    for (const [at, { answer }] of kept.entries()) answer.rows = answers[at] ?? [];
  }

  /** `atLast` carries out what ends the transaction, and is called with the last step of the script if that is known to be the last. */
  async run<T>(script: Script<T>, atLast?: () => Promise<unknown>): Promise<T> {
    let step = script.next();
    while (!step.done) {
      const answer = this.#ask(step.value);
      if (isQuiet(step.value)) {
        step = script.next([]);
        continue;
      }
      const ends = step.value.kind === 'together' && step.value.last && atLast;
      await (ends ? atLast() : this.send());
      step = script.next(answer());
      if (ends && !step.done) throw new Error('A step follows what was said to be the last.');
    }
    return step.value;
  }

  /** What reads the answer when it is there. */
  #ask(step: Step): () => Answer {
    if (step.kind !== 'together') {
      const statement = toStatement(step);
      const answer = this.add(statement.all === undefined ? statement : merge([statement]));
      return () => answer.rows;
    }
    if (step.steps.length > 1 && isQuiet(step)) {
      this.add(merge(step.steps.map(toStatement)));
      return () => [];
    }
    return this.#askTogether(step.steps);
  }

  /** Brief reads that stand beside each other as one statement, each with its rows as JSON; the others by themselves. */
  #askTogether(steps: readonly Step[]): () => Row[][] {
    const runs: Step[][] = [];
    for (const step of steps) {
      const last = runs.at(-1);
      if (last?.every(isBrief) && isBrief(step)) last.push(step);
      else runs.push([step]);
    }
    const reads = runs.map((run) => this.#askRun(run.map(toStatement)));
    return () => reads.flatMap((read) => read());
  }

  #askRun(statements: readonly Statement[]): () => Row[][] {
    const [only] = statements;
    if (only && statements.length === 1) {
      const answer = this.add(only);
      return () => [answer.rows];
    }
    const answer = this.add(readTogether(statements));
    return () => {
      const row = answer.rows[0] as unknown as Record<string, Row[]>;
      return statements.map((_, at) => row[`r${at}`] ?? []);
    };
  }
}

const isQuiet = (step: Step): boolean =>
  step.kind === 'insert' ||
  step.kind === 'update' ||
  step.kind === 'lock' ||
  (step.kind === 'sql' && step.quiet) ||
  (step.kind === 'together' && step.steps.every(isQuiet));

const isBrief = (step: Step): boolean => step.kind === 'allocate' || (step.kind === 'sql' && step.brief === true);
