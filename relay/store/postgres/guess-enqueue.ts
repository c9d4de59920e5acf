import { enqueueMany, type EnqueueAnswer } from '../core/enqueue';
import type { PreparedRequest } from '../core/prepare-request';
import { newTx, writeTally, type Answer, type Script, type Step, type Tx } from '../core/script';
import { tellSettled } from '../core/settled';
import type { Settled } from '../types';

export type Insert = Extract<Step, { kind: 'insert' }>;

/** Numbers that were taken of the sequences before it was known what for. */
export interface Numbers {
  op: number;
  request: number;
}

/** What becomes of a request if nothing in the store has to do with it. */
export interface Guess {
  tx: Tx;
  numbers: Numbers;
  answers: EnqueueAnswer[];
  settled: Settled[];
  /** Names it would have been planned under the locks of. */
  names: readonly string[];
  inserts: readonly Insert[];
}

/** One operation whose acceptance depends on its record alone. */
export function isPlain({ operations, shadows, cursors }: PreparedRequest): boolean {
  const [only] = operations;
  if (!only || operations.length > 1 || shadows.length > 0 || cursors.length > 0) return false;
  return only.requires.length === 0 && only.serialize.length === 0 && only.dedupeKey === null;
}

/**
 * Plans a request of one operation by the same rules as any other, but instead of asking the store it is told that nothing is there: no
 * live operation of the record, no request of the same key. Null when more would have to be known.
 */
export function guessEnqueue(request: PreparedRequest, numbers: Numbers, now: number): Guess | null {
  if (!isPlain(request)) return null;
  const tx = newTx(now, false);
  const names: string[] = [];
  const inserts: Insert[] = [];
  const script = enqueueToEnd(tx, request);
  let read = false;
  let step = script.next();
  while (!step.done) {
    const answer = answerTo(step.value);
    if (!answer) return null;
    step = script.next(answer);
  }
  return { tx, numbers, names, inserts, ...step.value };

  function answerTo(asked: Step): Answer | null {
    if (asked.kind === 'lock') {
      names.push(...asked.names);
      return [];
    }
    const steps = asked.kind === 'together' ? asked.steps : [asked];
    if (steps.every(isSingle)) {
      inserts.push(...steps);
      return [];
    }
    // What acceptance reads at first is the record and the request's key; whatever it asks for then, it asks because of its contents.
    if (read || asked.kind !== 'together') return null;
    read = true;
    return steps.map((one) =>
      one.kind === 'allocate' && one.sequence in numbers ? [{ n: numbers[one.sequence as keyof Numbers] }] : [],
    );
  }
}

const isSingle = (step: Step): step is Insert => step.kind === 'insert' && step.rows.length === 1;

function* enqueueToEnd(tx: Tx, request: PreparedRequest): Script<Pick<Guess, 'answers' | 'settled'>> {
  const answers = yield* enqueueMany(tx, [request]);
  yield* writeTally(tx);
  return { answers, settled: yield* tellSettled(tx) };
}
