import { errandClient, runErrand } from '../../../relay/dispatch/errand';
import type { RestletClient } from '../../../relay/netsuite';
import { onBothEngines, POOL } from '../../helpers/stores';

type Answer = Awaited<ReturnType<RestletClient['call']>>;

const good: Answer = { ok: true, body: {}, ms: 5 };
const bad = {
  ok: false,
  ms: 5,
  failure: { kind: 'unknown', class: 'transient', code: 'NO_ANSWER', message: 'no answer', login: false },
} as unknown as Answer;

onBothEngines((open) => {
  test.each([
    ['answered', good, 'closed'],
    ['not answered', bad, 'open'],
  ])('calls that are stopped stay so until a call that tries is %s', async (_, answer, state) => {
    const bench = await open();
    const { store, now } = bench;
    await store.setBreaker(POOL, { state: 'open', until: now - 1, reason: 'no answer' });
    const lease = await store.leaseSlot({ pool: POOL, holder: 'a', leaseMs: 30_000 });
    const client = errandClient({
      call: () => Promise.resolve(answer),
      close: () => undefined,
    } as unknown as RestletClient);
    const times = { now: () => bench.now, connectMs: 5_000, lateMs: 60_000 };
    const work = () => client.call({ script: 's', deploy: 'd', method: 'GET', answerMs: 1_000 });
    expect(await runErrand(work, { lease: lease!, sinceLease: () => 0 }, store, times)).toBe(answer);
    expect(await store.poolStatus(POOL)).toMatchObject({ breaker: { state } });
    await store.close();
  });

  test.each([
    ['sooner than a lost one may be at work, until then', 0, 60_000],
    ['later, until NetSuite ends it: it was at work all the time', 90_000, 300_000],
  ])('the slot of a call that was given up is kept: given up %s', async (_, afterMs, keptMs) => {
    const bench = await open();
    const { store } = bench;
    const lease = await store.leaseSlot({ pool: POOL, holder: 'a', leaseMs: 30_000 });
    const sent = bench.now;
    const began = performance.now();
    const passed = jest.spyOn(performance, 'now').mockReturnValue(began);
    const client = errandClient({
      call: () => {
        bench.advance(afterMs);
        passed.mockReturnValue(began + afterMs);
        return Promise.resolve(bad);
      },
      close: () => undefined,
    } as unknown as RestletClient);
    const times = { now: () => bench.now, connectMs: 5_000, lateMs: 60_000 };
    const work = () => client.call({ script: 's', deploy: 'd', method: 'GET', answerMs: 90_000 });
    await runErrand(work, { lease: lease!, sinceLease: () => 0 }, store, times);
    passed.mockRestore();
    const status = await store.poolStatus(POOL);
    expect(status?.holders.map(({ leaseUntil }) => Math.round((leaseUntil - sent) / 1_000))).toEqual([keptMs / 1_000]);
    await store.close();
  });
});
