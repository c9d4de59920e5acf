import type { TakenBatch } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { POOL, newOperation, takeInput, onBothEngines } from '../../helpers/stores';

const lost = { code: 'NO_ANSWER', class: 'transient' as const, message: 'no answer' };
onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());
  const fill = (n: number, more = {}) =>
    bench.accept(...Array.from({ length: n }, (_, at) => newOperation(`K${at}-${Math.random()}`, more)));
  const one = { defaultSizing: { maxOperations: 1, maxWeight: 100, fixedMs: 100, msPerWeight: 1 } };

  test('never more calls than slots', async () => {
    await fill(10);
    for (let call = 0; call < 5; call++) expect(await bench.take(one)).not.toBeNull();
    expect(await bench.store.take({ ...takeInput(one) })).toMatchObject({ batch: null, reason: 'slots' });
  });

  test('a slot that is leased for a call stays with its holder while it is renewed, and goes to another after', async () => {
    const { store } = bench;
    const lease = (holder: string, takeOver = false) =>
      store.leaseSlot({ pool: POOL, holder, leaseMs: 30_000, takeOver });
    await bench.configure(1, 0);
    const first = await lease('a');
    expect(first).not.toBeNull();
    bench.advance(20_000);
    expect(await store.keepSlot(first!, 30_000)).toBe(true);
    bench.advance(20_000);
    expect(await lease('b')).toBeNull();
    bench.advance(10_001);
    const second = await lease('b');
    expect(second).not.toBeNull();
    expect(await store.keepSlot(first!, 30_000)).toBe(false);
    // What the former holder gives back is not the slot of the new one.
    await store.freeSlot(first!);
    expect(await lease('c')).toBeNull();
    const third = await lease('c', true);
    expect(third).not.toBeNull();
    expect(await store.keepSlot(second!, 30_000)).toBe(false);
    await store.freeSlot(third!);
    expect(await store.keepSlot(third!, 30_000)).toBe(false);
  });

  test('a slot that is reserved for real time is not taken by bulk, unless for a call that is priced short', async () => {
    await bench.configure(2, 1);
    await fill(4, { lane: 'bulk' });
    const long = { defaultSizing: { maxOperations: 1, maxWeight: 100, fixedMs: 5_000, msPerWeight: 1 } };
    expect(await bench.take(long)).not.toBeNull();
    expect(await bench.take(long)).toBeNull();
    expect(await bench.take(one)).not.toBeNull();
  });

  test('a lane that is at work keeps its reserved slot for itself; quiet for half a minute, it lends it for short calls', async () => {
    await bench.configure(2, 1);
    const [deal] = await fill(1);
    expect(deal).toBeDefined();
    await bench.settleDone(await bench.mustTake(one));
    await fill(4, { lane: 'bulk' });
    expect(await bench.take(one)).not.toBeNull();
    expect(await bench.store.take(takeInput(one))).toMatchObject({ batch: null, reason: 'slots' });
    bench.advance(25_000);
    expect(await bench.take(one)).toBeNull();
    bench.advance(5_100);
    expect(await bench.take(one)).not.toBeNull();
  });

  test('beside foreign traffic calls are priced a second at most, so that slots come free for both sides', async () => {
    await fill(40);
    const perOperation = { defaultSizing: { maxOperations: 30, maxWeight: 100, fixedMs: 200, msPerWeight: 100 } };
    const calls = [await bench.mustTake(one), await bench.mustTake(one)];
    await bench.settle(calls[0] as TakenBatch, (seq) => ({ seq, to: 'ready', counted: false }), {
      pressure: { kind: 'throttled' },
    });
    await bench.settleDone(calls[1] as TakenBatch);
    expect((await bench.mustTake(perOperation)).operations).toHaveLength(8);
  });

  test('lanes share slots by slot time, so a nightly load does not starve a won deal', async () => {
    await fill(50, { lane: 'bulk' });
    const bulk = await bench.mustTake(one);
    await fill(1, { lane: 'realtime' });
    expect(bulk.lane).toBe('bulk');
    expect((await bench.mustTake(one)).lane).toBe('realtime');
  });

  test('a refusal by the account shows how many slots are left, exactly; a probe gives the first back, the next follows soon', async () => {
    await fill(20);
    const batches = [];
    for (let call = 0; call < 5; call++) batches.push(await bench.mustTake(one));
    for (const batch of batches.slice(0, 2)) {
      await bench.settle(batch, (seq) => ({ seq, to: 'ready', counted: false }), { pressure: { kind: 'throttled' } });
    }
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ usable: 3, inUse: 3 });
    for (const batch of batches.slice(2)) await bench.settleDone(batch);
    const calls = [await bench.mustTake(one), await bench.mustTake(one), await bench.mustTake(one)];
    expect(await bench.take(one)).toBeNull();
    bench.advance(30_000);
    expect(await bench.take(one)).toBeNull();
    bench.advance(10_500);
    const probe = await bench.mustTake(one);
    expect(probe.probe).toBe(true);
    await bench.settleDone(probe);
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ usable: 4 });
    calls.push(await bench.mustTake(one));
    expect(await bench.take(one)).toBeNull();
    bench.advance(1_000);
    const second = await bench.mustTake(one);
    expect(second.probe).toBe(true);
    for (const batch of [...calls, second]) await bench.settleDone(batch);
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ usable: 5 });
  });

  test('refused with nothing else under way, the pool cools down, longer each time, or as long as the account says', async () => {
    await fill(3);
    const refuse = async (retryAfterMs?: number) => {
      const batch = await bench.mustTake(one);
      const pressure = { kind: 'throttled' as const, retryAfterMs };
      await bench.settle(batch, (seq) => ({ seq, to: 'ready', counted: false }), { pressure });
      return ((await bench.store.poolStatus(POOL))?.coolingUntil ?? 0) - bench.now;
    };
    expect(await refuse(30_000)).toBeGreaterThan(10_000);
    expect(await bench.store.take(takeInput(one))).toMatchObject({ batch: null, reason: 'cooling' });
    bench.advance(31_000);
    const second = await refuse();
    bench.advance(31_000);
    bench.advance(second);
    const third = await refuse();
    expect(second).toBeGreaterThan(0);
    expect(third).toBeLessThanOrEqual(1_200);
  });

  test('limit refusals burn no attempts', async () => {
    const [id] = await fill(1);
    for (let round = 0; round < 20; round++) {
      const batch = await bench.mustTake(one);
      await bench.settle(batch, (seq) => ({ seq, to: 'ready', counted: false }), { pressure: { kind: 'throttled' } });
      bench.advance(60_000);
    }
    expect(await bench.store.getOperation(id ?? '')).toMatchObject({ attemptCount: 0, state: 'queued' });
  });

  test('after a lost answer the operation may go again at once; its successor and its slot wait until nothing more can be written', async () => {
    await bench.configure(2);
    const [first] = await bench.accept(newOperation('A'), newOperation('A'));
    const lateUntil = bench.now + 50_000;
    const batch = await bench.mustTake();
    await bench.settle(batch, (seq) => ({ seq, to: 'unknown', runAt: bench.now + 10, lateUntil, error: lost }), {
      slotUntil: lateUntil,
      pressure: undefined,
    });
    bench.advance(10);
    await bench.store.wake();
    const again = await bench.mustTake();
    expect(again.operations[0]).toMatchObject({ operationId: first, attempt: 2 });
    expect(again.slot).not.toBe(batch.slot);
    await bench.settle(again, (seq) => ({ seq, to: 'done', result: 'duplicate', internalId: '1' }));
    expect(await bench.take()).toBeNull();
    bench.advance(50_000);
    await bench.store.wake();
    expect((await bench.mustTake()).operations[0]?.externalId).toBe('A');
  });

  test('when the second try shows that the lost call is over, the successor need not wait', async () => {
    await bench.accept(newOperation('A'), newOperation('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({
      seq,
      to: 'unknown',
      runAt: bench.now,
      lateUntil: bench.now + 50_000,
      error: lost,
    }));
    await bench.store.wake();
    await bench.settleDone(await bench.mustTake());
    expect(await bench.take()).not.toBeNull();
  });

  test('a lease that ran out sends its operations again, and the late holder settles nothing', async () => {
    const [id] = await fill(1);
    const old = await bench.mustTake({ leaseMs: 1_000 });
    bench.advance(1_001);
    expect((await bench.store.wake()).reaped).toBe(1);
    const fresh = await bench.mustTake();
    expect(await bench.settleDone(old)).toEqual({ applied: 0, fenced: 1 });
    expect(await bench.stateOf(id ?? '')).toBe('sending');
    expect(await bench.settleDone(fresh)).toEqual({ applied: 1, fenced: 0 });
  });

  test('a batch that was never sent goes back with its slot, and no attempt is counted', async () => {
    const [id] = await fill(1);
    const batch = await bench.mustTake();
    await bench.store.release({ pool: POOL, token: batch.token, slot: batch.slot });
    expect(await bench.store.getOperation(id ?? '')).toMatchObject({ state: 'queued', attemptCount: 0 });
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ inUse: 0 });
  });

  test('a pool tells what its calls of the last hour used', async () => {
    await fill(3);
    await bench.settleDone(await bench.mustTake(one));
    await bench.settleDone(await bench.mustTake(one));
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ calls: 2, units: 30 });
    bench.advance(3_700_000);
    await bench.settleDone(await bench.mustTake(one));
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ calls: 1, units: 15 });
  });

  test('lent slots are not used until the loan ends', async () => {
    await bench.configure(2);
    await fill(3);
    await bench.store.lendSlots(POOL, 1, bench.now + 60_000);
    expect(await bench.take(one)).not.toBeNull();
    expect(await bench.take(one)).toBeNull();
    bench.advance(60_001);
    expect(await bench.take(one)).not.toBeNull();
  });

  test('a paused lane sends nothing, and the others go on', async () => {
    await fill(1, { lane: 'bulk' });
    await fill(1);
    await bench.store.pauseLane(POOL, 'realtime', true);
    expect((await bench.mustTake()).lane).toBe('bulk');
    expect(await bench.take()).toBeNull();
  });

  test('an open breaker sends nothing, then one probe of one operation', async () => {
    await fill(3);
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now + 60_000, reason: 'login' });
    expect(await bench.take()).toBeNull();
    bench.advance(60_001);
    expect((await bench.mustTake()).operations).toHaveLength(1);
    expect(await bench.take()).toBeNull();
  });

  test('while calls are stopped one without operations tries whether they may go on, at times, where no operation will', async () => {
    const errand = () => bench.store.leaseSlot({ pool: POOL, holder: 'a', leaseMs: 30_000 });
    await fill(1);
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now + 1_000, reason: 'no answer' });
    bench.advance(1_001);
    expect(await errand()).toBeNull();
    await bench.store.pauseLane(POOL, 'realtime', true);
    const lease = await errand();
    expect(lease).toMatchObject({ probe: true });
    await bench.store.freeSlot(lease!);
    expect(await errand()).toBeNull();
    bench.advance(300_001);
    expect(await errand()).toMatchObject({ probe: true });
    expect(await errand()).toBeNull();
    await bench.store.setBreaker(POOL, { state: 'closed', until: null, reason: null });
    expect(await errand()).not.toHaveProperty('probe');
  });

  test('a probe that is answered lets the calls go on, whoever had stopped them', async () => {
    await fill(3);
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now + 1_000, reason: 'no answer' });
    bench.advance(1_001);
    await bench.settleDone(await bench.mustTake());
    expect(await bench.store.poolStatus(POOL)).toMatchObject({
      breaker: { state: 'closed', until: null, reason: null },
    });
    expect((await bench.mustTake()).operations).toHaveLength(2);
  });

  test('an answer does not open again what was stopped while its call was under way', async () => {
    await fill(3);
    const early = await bench.mustTake(one);
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now + 60_000, reason: 'login' });
    await bench.settleDone(early);
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ breaker: { state: 'open', reason: 'login' } });
  });

  test('the slot of a lost call keeps no probe waiting, a call under way does', async () => {
    await fill(3);
    const first = await bench.mustTake(one);
    const underWay = await bench.mustTake(one);
    const lateUntil = bench.now + 50_000;
    const how = { to: 'unknown', runAt: lateUntil, lateUntil, error: lost } as const;
    await bench.settle(first, (seq) => ({ seq, ...how }), { slotUntil: lateUntil, pressure: undefined });
    await bench.store.setBreaker(POOL, { state: 'open', until: bench.now, reason: 'no answer' });
    expect(await bench.take()).toBeNull();
    await bench.store.release({ pool: POOL, token: underWay.token, slot: underWay.slot });
    expect((await bench.mustTake()).operations).toHaveLength(1);
    expect(await bench.store.poolStatus(POOL)).toMatchObject({ inUse: 2 });
  });

  test('a lost call that is said not to count costs no attempt', async () => {
    const [id = ''] = await fill(1);
    for (const [counted, attemptCount] of [
      [false, 0],
      [undefined, 1],
    ] as const) {
      const batch = await bench.mustTake();
      const lateUntil = bench.now + 1;
      await bench.settle(batch, (seq) => ({ seq, to: 'unknown', runAt: bench.now, lateUntil, counted, error: lost }));
      expect(await bench.store.getOperation(id)).toMatchObject({ state: 'retrying', attemptCount });
      bench.advance(10);
      await bench.store.wake();
    }
  });

  test('real time waits at most its linger for company', async () => {
    await fill(1);
    const linger = { lingerMs: { realtime: 20_000, bulk: 250, replay: 250 } };
    expect(await bench.take(linger)).toBeNull();
    bench.advance(20_000);
    expect(await bench.take(linger)).not.toBeNull();
  });
});
