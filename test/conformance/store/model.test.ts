import fc from 'fast-check';
import { OperationStateError } from '../../../relay/store/errors';
import type { Settlement } from '../../../relay/store/types';
import { newOperation, onBothEngines, POOL, type StoreBench } from '../../helpers/stores';
import {
  LATE_MS,
  LEASE_MS,
  outer,
  RETRY_MS,
  StoreModel,
  type ModelOperation,
  type Outcome,
} from '../../helpers/store-model';

/** Random histories, each step carried out by the store and by a model of a page: after every step both must say the same. */
const KEYS = ['A', 'B', 'C'] as const;
const SLOTS = 2;
const failure = { code: 'X', class: 'data' as const, message: 'x' };
const DECISIONS = ['replay', 'resolve', 'skip', 'cancel'] as const;
const OUTCOMES: readonly Outcome[] = ['done', 'done', 'done', 'dead', 'review', 'again', 'retry', 'unknown'];
/** `MODEL_RUNS=1000` looks longer. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 0);

type Step =
  | { do: 'enqueue'; key: number; requires: boolean; coalesce: boolean }
  | { do: 'take'; most: number }
  | { do: 'settle'; batch: number; outcomes: Outcome[] }
  | { do: 'release'; batch: number }
  | { do: 'advance'; tens: number }
  | { do: 'decide'; operation: number; decision: (typeof DECISIONS)[number] };

const index = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('enqueue'),
      key: fc.nat(2),
      requires: fc.boolean(),
      coalesce: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take'), most: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle'),
      batch: index,
      outcomes: fc.array(fc.constantFrom(...OUTCOMES), { minLength: 3, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release'), batch: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance'), tens: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('decide'), operation: index, decision: fc.constantFrom(...DECISIONS) }),
  },
);

interface Call {
  token: number;
  slot: number;
  operations: { seq: number; model: ModelOperation }[];
}

/** Carries one history out. */
class Run {
  readonly #bench: StoreBench;
  readonly #model = new StoreModel(SLOTS);
  readonly #calls: Call[] = [];

  constructor(bench: StoreBench) {
    this.#bench = bench;
  }

  async do(one: Step): Promise<void> {
    switch (one.do) {
      case 'enqueue':
        await this.#enqueue(one);
        break;
      case 'take':
        await this.#take(one.most);
        break;
      case 'settle':
        await this.#settle(one);
        break;
      case 'release':
        await this.#release(one.batch);
        break;
      case 'advance':
        this.#bench.advance(one.tens * 10_000);
        this.#model.now += one.tens * 10_000;
        await this.#bench.store.wake();
        this.#model.wake();
        break;
      case 'decide':
        await this.#decide(one);
    }
    await this.#compare();
  }

  async #enqueue({ key, requires, coalesce }: Extract<Step, { do: 'enqueue' }>): Promise<void> {
    const name = KEYS[key] as string;
    // Only the ones before it: rings are a matter of their own.
    const wanted = requires && key > 0 ? (KEYS[key - 1] as string) : null;
    const [id = ''] = await this.#bench.accept(
      newOperation(name, {
        coalesce,
        ...(wanted === null ? {} : { requires: [{ recordType: 'customer', externalId: wanted }] }),
      }),
    );
    this.#model.enqueue(id, name, { requires: wanted, coalesce });
  }

  async #take(most: number): Promise<void> {
    const sizing = { maxOperations: most, maxWeight: 100, fixedMs: 1, msPerWeight: 1 };
    const batch = await this.#bench.take({ defaultSizing: sizing, leaseMs: LEASE_MS });
    const expected = this.#model.take(most, batch?.token ?? 0);
    expect(batch?.operations.map(({ operationId }) => operationId) ?? []).toEqual(expected.map(({ id }) => id));
    if (!batch) return;
    expect(batch.operations.map(({ attempt }) => attempt)).toEqual(expected.map(({ attempts }) => attempts));
    const operations = batch.operations.map(({ seq }, at) => ({ seq, model: expected[at] as ModelOperation }));
    this.#calls.push({ token: batch.token, slot: batch.slot, operations });
  }

  async #settle({ batch, outcomes }: Extract<Step, { do: 'settle' }>): Promise<void> {
    const call = this.#calls[batch % Math.max(1, this.#calls.length)];
    if (!call) return;
    const { token, slot, operations } = call;
    const settlements = operations.map(({ seq }, at) => this.#settlement(seq, outcomes[at] as Outcome));
    const told = { status: 200, units: 1, ms: 1 };
    const result = await this.#bench.store.settle({
      pool: POOL,
      token,
      slot,
      settlements,
      call: told,
      slotUntil: null,
    });
    const settled = operations.filter(({ model }, at) => this.#model.settle(model, token, outcomes[at] as Outcome));
    this.#model.closeCall(
      settled.map(({ model }) => model),
      token,
    );
    expect(result).toEqual({ applied: settled.length, fenced: operations.length - settled.length });
  }

  #settlement(seq: number, outcome: Outcome): Settlement {
    const { now } = this.#bench;
    switch (outcome) {
      case 'done':
        return { seq, to: 'done', result: 'updated', settlesLostCall: true };
      case 'dead':
      case 'review':
        return { seq, to: outcome, error: failure };
      case 'again':
        return { seq, to: 'ready', counted: false };
      case 'retry':
        return { seq, to: 'waiting', runAt: now + RETRY_MS, counted: true, error: failure };
      case 'unknown':
        return { seq, to: 'unknown', runAt: now + RETRY_MS, lateUntil: now + LATE_MS, error: failure };
    }
  }

  async #release(batch: number): Promise<void> {
    const call = this.#calls[batch % Math.max(1, this.#calls.length)];
    if (!call) return;
    await this.#bench.store.release({ pool: POOL, token: call.token, slot: call.slot });
    this.#model.release(call.token);
  }

  async #decide({ operation, decision }: Extract<Step, { do: 'decide' }>): Promise<void> {
    const model = this.#model.operations[operation % Math.max(1, this.#model.operations.length)];
    if (!model) return;
    const allowed = this.#model.decide(decision, model);
    const asked = this.#bench.store[decision](model.id, { actor: 'ada', note: 'x' });
    if (allowed) await asked;
    else await expect(asked).rejects.toBeInstanceOf(OperationStateError);
  }

  async #compare(): Promise<void> {
    const { items } = await this.#bench.store.listOperations({}, { limit: 200 });
    const stored = new Map(items.map((one) => [one.operationId, one]));
    const { operations, inUse } = this.#model;
    expect(operations.map(({ id }) => [id, stored.get(id)?.state, stored.get(id)?.attemptCount])).toEqual(
      operations.map((one) => [one.id, outer(one), one.attempts]),
    );
    const { accepted, byState } = await this.#bench.store.stats();
    expect(accepted).toBe(operations.length);
    expect(Object.values(byState).reduce((sum, n) => sum + n, 0)).toBe(operations.length);
    expect((await this.#bench.store.poolStatus(POOL))?.inUse).toBe(inUse);
  }
}

onBothEngines((open) => {
  test('whatever comes in whatever order, the store does what its rules say', async () => {
    const bench = await open(SLOTS);
    const memory = bench.store.engine === 'sqlite';
    await bench.store.close();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const fresh = await open(SLOTS);
        try {
          const run = new Run(fresh);
          for (const one of steps) await run.do(one);
        } finally {
          await fresh.store.close();
        }
      }),
      { numRuns: RUNS || (memory ? 80 : 5), endOnFailure: process.env['MODEL_SHRINK'] === undefined },
    );
  });
});
