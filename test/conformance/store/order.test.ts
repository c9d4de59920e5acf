import type { Settled } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { acceptedOf, POOL, newOperation, newRequest, onBothEngines } from '../../helpers/stores';

const keysOf = (batch: { operations: { externalId: string; operationId: string }[] } | null) =>
  batch?.operations.map(({ externalId }) => externalId) ?? [];
const failure = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'no such item' };
onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  test('operations of one record go one after another, whatever stands between them', async () => {
    const [first, second] = await bench.accept(newOperation('A'), newOperation('A'), newOperation('B'));
    const batch = await bench.mustTake();
    expect(keysOf(batch)).toEqual(['A', 'B']);
    expect(await bench.take()).toBeNull();
    await bench.settleDone(batch);
    const next = await bench.mustTake();
    expect(next.operations.map(({ operationId }) => operationId)).toEqual([second]);
    expect(await bench.stateOf(first ?? '')).toBe('done');
  });

  test('customer, prospect and contact with one external id are one record: types of a group share their ids', async () => {
    await bench.accept(newOperation('A'), newOperation('a', { recordType: 'prospect' }));
    expect(keysOf(await bench.take())).toEqual(['A']);
    expect(await bench.take()).toBeNull();
  });

  test('a retry keeps its turn: its successor waits, other records go on', async () => {
    const [first] = await bench.accept(newOperation('A'), newOperation('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({
      seq,
      to: 'waiting',
      runAt: bench.now + 1_000,
      counted: true,
      error: failure,
    }));
    await bench.accept(newOperation('B'));
    expect(keysOf(await bench.take())).toEqual(['B']);
    bench.advance(1_000);
    expect((await bench.store.wake()).woken).toBe(1);
    const again = await bench.mustTake();
    expect(again.operations[0]).toMatchObject({ operationId: first, attempt: 2 });
  });

  test('an operation in review holds its record and nothing else; resolving it lets the next one go', async () => {
    const [held, next] = await bench.accept(newOperation('A'), newOperation('A'), newOperation('B'));
    const batch = await bench.mustTake();
    await bench.settle(batch, (seq) =>
      seq === batch.operations[0]?.seq ? { seq, to: 'review', error: failure } : { seq, to: 'done', result: 'created' },
    );
    expect(await bench.take()).toBeNull();
    await bench.store.resolve(held ?? '', { actor: 'ada', note: 'done by hand' });
    expect((await bench.mustTake()).operations[0]?.operationId).toBe(next);
    const detail = await bench.store.getOperation(held ?? '');
    expect(detail).toMatchObject({
      state: 'cancelled',
      history: [{ kind: 'resolved', actor: 'ada', detail: { note: 'done by hand' } }],
    });
  });

  test('a dead operation lets the next one go, and replayed it joins the end', async () => {
    const [dead, next] = await bench.accept(newOperation('A'), newOperation('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'dead', error: failure }));
    await bench.store.replay(dead ?? '', { actor: 'ada' });
    const batch = await bench.mustTake();
    expect(batch.operations.map(({ operationId }) => operationId)).toEqual([next]);
    await bench.settleDone(batch);
    expect((await bench.mustTake()).operations[0]?.operationId).toBe(dead);
  });

  test('versions grow per record even when the clock does not', async () => {
    const accepted = await bench.store.enqueue({
      source: 's',
      traceId: 'a'.repeat(32),
      operations: [newOperation('A'), newOperation('A'), newOperation('A')],
    });
    const versions = accepted.outcome === 'mismatch' ? [] : accepted.operations.map(({ version }) => version);
    expect([...versions].sort()).toEqual(versions);
    expect(new Set(versions).size).toBe(3);
    expect(versions.every((version) => /^\d{16}$/.test(version))).toBe(true);
  });

  test('versions grow per record when the clock goes back, whatever became of the operations before', async () => {
    const last = new Map<string, string>();
    const keep = async (...keys: string[]): Promise<string[]> => {
      const answer = acceptedOf(await bench.store.enqueue(newRequest(keys.map((key) => newOperation(key)))));
      const before = new Map(last);
      for (const { key, version } of answer.operations) last.set(key, version);
      return answer.operations.filter(({ key, version }) => version <= (before.get(key) ?? '')).map(({ key }) => key);
    };
    await keep('DONE', 'DEAD', 'SKIPPED', 'CANCELLED', 'RETRIED', 'MERGED');
    const batch = await bench.mustTake();
    const end = { DONE: 'done', MERGED: 'done', DEAD: 'dead', SKIPPED: 'review', CANCELLED: 'review' } as const;
    const of = new Map(batch.operations.map((one) => [one.seq, one]));
    await bench.settle(batch, (seq) => {
      const key = of.get(seq)?.externalId ?? '';
      const to = key in end ? end[key as keyof typeof end] : 'waiting';
      if (to === 'done') return { seq, to, result: 'created', internalId: key };
      return to === 'waiting'
        ? { seq, to, runAt: bench.now + 60_000, counted: true, error: failure }
        : { seq, to, error: failure };
    });
    const idOf = (key: string) => batch.operations.find((one) => one.externalId === key)?.operationId ?? '';
    await bench.store.skip(idOf('SKIPPED'), { actor: 'ada' });
    await bench.store.cancel(idOf('CANCELLED'), { actor: 'ada' });
    await keep('WAITS', 'BEHIND', 'BEHIND', 'INTO');
    bench.advance(-600_000);
    await bench.store.linkAlias(POOL, 'customer', 'MERGED', 'INTO');
    expect(await keep(...last.keys())).toEqual([]);
    expect(await keep(...last.keys())).toEqual([]);
  });

  test('one that could not be mapped and comes to review in its turn is told of, with the request it came with', async () => {
    const refused = { code: 'INVALID_CRM_ID', class: 'data' as const, message: 'no id' };
    await bench.accept(newOperation('TURN'));
    const answer = acceptedOf(await bench.store.enqueue(newRequest([newOperation('TURN', { refused })])));
    const told: Settled[] = [];
    const stop = bench.store.onSettled((all) => told.push(...all));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'done', result: 'created' }));
    stop();
    expect(told).toContainEqual({
      operationId: answer.operations[0]?.operationId,
      requestId: answer.requestId,
      state: 'review',
    });
  });

  test('a correction takes the place of what stands in review, and of nothing that is under way', async () => {
    const [refused] = await bench.accept(newOperation('A', { refused: failure }));
    const [behind, other] = await bench.accept(newOperation('A'), newOperation('B'));
    const [corrected] = await bench.accept(newOperation('A', { overtakesReview: true }));
    expect(await bench.store.getOperation(refused ?? '')).toMatchObject({
      state: 'superseded',
      supersededBy: corrected,
    });
    expect(await bench.stateOf(behind ?? '')).toBe('superseded');
    const batch = await bench.mustTake();
    expect(batch.operations.map(({ operationId }) => operationId)).toEqual([other, corrected]);
    const [next] = await bench.accept(newOperation('B', { overtakesReview: true }));
    expect(await bench.stateOf(other ?? '')).toBe('sending');
    expect(await bench.stateOf(next ?? '')).toBe('queued');
  });

  test('a full operation that coalesces replaces those that are not under way and leaves a trace', async () => {
    const [sent, older] = await bench.accept(newOperation('A'), newOperation('A'));
    const batch = await bench.mustTake();
    const [newest] = await bench.accept(newOperation('A', { coalesce: true }));
    expect(batch.operations[0]?.operationId).toBe(sent);
    expect(await bench.store.getOperation(older ?? '')).toMatchObject({
      state: 'superseded',
      supersededBy: newest,
      history: [{ kind: 'superseded', detail: { by: newest } }],
    });
    expect(await bench.store.getOperation(newest ?? '')).toMatchObject({
      history: [{ kind: 'replaces', detail: { operations: [older] } }],
    });
    await bench.settleDone(batch);
    expect((await bench.mustTake()).operations[0]?.operationId).toBe(newest);
  });

  test('an order waits for its customer and goes when it is applied, whatever came first', async () => {
    const requires = [{ recordType: 'customer', externalId: 'C' }];
    const [order] = await bench.accept(newOperation('O', { recordType: 'salesorder', requires }));
    await bench.accept(newOperation('C'));
    const first = await bench.mustTake();
    // The order came first, so nothing it requires was on the way: NetSuite says so, and it is parked.
    expect(keysOf(first)).toEqual(['O']);
    await bench.settle(first, (seq) => ({
      seq,
      to: 'parked',
      missing: requires,
      until: bench.now + 60_000,
      error: failure,
    }));
    expect((await bench.store.getOperation(order ?? ''))?.missing).toEqual([`${POOL}|entity|C`]);
    const customer = await bench.mustTake();
    expect(keysOf(customer)).toEqual(['C']);
    await bench.settleDone(customer);
    expect((await bench.mustTake()).operations[0]).toMatchObject({ operationId: order, attempt: 1 });
  });

  test('an order behind its customer is not even sent before the customer is there', async () => {
    await bench.accept(
      newOperation('C'),
      newOperation('O', { recordType: 'salesorder', requires: [{ recordType: 'customer', externalId: 'C' }] }),
    );
    const customer = await bench.mustTake();
    expect(keysOf(customer)).toEqual(['C']);
    expect(await bench.take()).toBeNull();
    await bench.settleDone(customer);
    expect(keysOf(await bench.take())).toEqual(['O']);
  });

  test('a record that waits for one which waits for it ends in review at once', async () => {
    const [, ring] = await bench.accept(
      newOperation('A'),
      newOperation('B', { requires: [{ recordType: 'customer', externalId: 'A' }] }),
      newOperation('C', { requires: [{ recordType: 'customer', externalId: 'B' }] }),
      newOperation('A', { requires: [{ recordType: 'customer', externalId: 'C' }] }),
    );
    expect(await bench.stateOf(ring ?? '')).toBe('queued');
    const failed = (await bench.store.listFailures({}, { limit: 10 })).items;
    expect(failed.map(({ externalId, error }) => [externalId, error?.code])).toEqual([['A', 'DEPENDENCY_CYCLE']]);
    expect(failed[0]?.error?.message).toContain('A → C → B → A');
  });

  test('P10, A05: of a chain that never moves, each end in review names the chain and what holds it up', async () => {
    const requires = (externalId: string) => ({
      requiresLimitMs: 1_000,
      requires: [{ recordType: 'customer', externalId }],
    });
    const refused = { code: 'INVALID_CRM_ID', class: 'data' as const, message: 'no id' };
    const [held] = await bench.accept(newOperation('PARENT', { refused }));
    await bench.accept(newOperation('C', requires('PARENT')));
    const [order] = await bench.accept(newOperation('O', { recordType: 'salesorder', ...requires('C') }));
    bench.advance(1_001);
    // The customer in the middle is under way as long as it waits itself; once that has ended, so has the order's wait.
    await bench.store.wake();
    await bench.store.wake();
    const customer = (await bench.store.listOperations({ externalId: 'C' }, { limit: 1 })).items[0];
    expect(customer).toMatchObject({ state: 'review' });
    expect(customer?.error?.message).toContain(`PARENT (in review as ${held})`);
    const message = (await bench.store.getOperation(order ?? ''))?.error?.message;
    expect(message).toContain(`Waited for C → PARENT (in review as ${held})`);
  });

  test('a required record that never comes sends the waiting operation to review, with what it waited for', async () => {
    const [order] = await bench.accept(
      newOperation('O', { requiresLimitMs: 1_000, requires: [{ recordType: 'customer', externalId: 'C' }] }),
    );
    await bench.settle(await bench.mustTake(), (seq) => ({
      seq,
      to: 'parked',
      missing: [{ recordType: 'customer', externalId: 'C' }],
      until: bench.now + 1_000,
      error: failure,
    }));
    bench.advance(1_001);
    expect((await bench.store.wake()).overdue).toBe(1);
    const detail = await bench.store.getOperation(order ?? '');
    expect(detail).toMatchObject({
      state: 'review',
      error: { code: 'MISSING_REQUIRED_RECORD', message: expect.stringContaining('C') },
    });
  });

  test('where thousands wait too long for what is on its way, one that nobody sends is found all the same', async () => {
    const waiting = Array.from({ length: 2_300 }, (_, at) =>
      newOperation(`W${at}`, { requires: [{ recordType: 'customer', externalId: 'C' }], requiresLimitMs: 1_000 }),
    );
    await bench.accept(newOperation('C'), newOperation('LOST'));
    await bench.accept(...waiting);
    const requires = [{ recordType: 'customer', externalId: 'LOST' }];
    const [lost] = await bench.accept(newOperation('O', { requires, requiresLimitMs: 1_001 }));
    const batch = await bench.mustTake();
    await bench.settle(batch, (seq) =>
      seq === batch.operations[1]?.seq
        ? { seq, to: 'review', error: failure }
        : { seq, to: 'waiting', runAt: bench.now + 60_000, counted: true, error: failure },
    );
    bench.advance(30_000);
    const overdue: number[] = [];
    for (let look = 0; look < 6; look++) overdue.push((await bench.store.wake()).overdue);
    expect(overdue.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await bench.stateOf(lost ?? '')).toBe('review');
  });

  test('two keys that turn out to be one record become one queue, the younger behind the older', async () => {
    await bench.accept(newOperation('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'done', result: 'created', internalId: '77' }));
    await bench.accept(newOperation('B'), newOperation('B'), newOperation('A'));
    const both = await bench.mustTake();
    expect(keysOf(both)).toEqual(['B', 'A']);
    await bench.settle(both, (seq) => ({ seq, to: 'done', result: 'updated', internalId: '77' }));
    expect(await bench.store.findRecord(POOL, 'customer', { externalId: 'B' })).toMatchObject({
      recordKey: `${POOL}|entity|A`,
      internalId: '77',
    });
    const moved = await bench.mustTake();
    expect(keysOf(moved)).toEqual(['B']);
    // Newer than all that was sent under the other key: it is not taken for late news.
    expect((moved.operations[0]?.version ?? '') > (both.operations[1]?.version ?? '')).toBe(true);
  });

  test.each(['before', 'after'])(
    'while a lost call may still write a record under one name, nothing is sent of it under the other (%s the two are one)',
    async (when) => {
      const [first, second] = [newOperation('A'), newOperation('B')];
      await bench.accept(first, second);
      const both = await bench.mustTake();
      const lateUntil = bench.now + 60_000;
      await bench.settle(both, (seq) =>
        seq === both.operations[0]?.seq
          ? { seq, to: 'done', result: 'created', internalId: '77' }
          : { seq, to: 'unknown', runAt: bench.now + 1_000, lateUntil, error: failure },
      );
      await bench.store.cancel(both.operations[1]?.operationId ?? '', { actor: 'ada' });
      if (when === 'before') await bench.accept(first);
      await bench.store.linkAlias(POOL, 'customer', 'A', 'crm:x');
      await bench.store.linkAlias(POOL, 'customer', 'B', 'crm:x');
      if (when === 'after') await bench.accept(first);
      expect(await bench.take()).toBeNull();
      bench.advance(61_000);
      await bench.store.wake();
      expect(keysOf(await bench.take())).toEqual(['A']);
    },
  );

  test('two keys that get one internal id in the same call become one record too', async () => {
    await bench.accept(newOperation('A'), newOperation('B'), newOperation('B'));
    const both = await bench.mustTake();
    expect(keysOf(both)).toEqual(['A', 'B']);
    await bench.settle(both, (seq) => ({ seq, to: 'done', result: 'updated', internalId: '77' }));
    const [known, other] = await Promise.all(
      ['A', 'B'].map((externalId) => bench.store.findRecord(POOL, 'customer', { externalId })),
    );
    expect(known).toMatchObject({ internalId: '77', liveOperations: 1 });
    expect(other?.recordKey).toBe(known?.recordKey);
    expect(keysOf(await bench.take())).toEqual(['B']);
  });

  test('while a value that may identify a record is under way, another key with that value waits', async () => {
    await bench.accept(
      newOperation('A', { serialize: ['email:x@y.z'] }),
      newOperation('B', { serialize: ['email:x@y.z'] }),
      newOperation('C'),
    );
    const batch = await bench.mustTake();
    expect(keysOf(batch)).toEqual(['A', 'C']);
    expect(await bench.take()).toBeNull();
    await bench.settleDone(batch);
    expect(keysOf(await bench.take())).toEqual(['B']);
  });
});
