import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, round } from '../measure';
import { SLOTS, type CapacityAccount, type Stretch } from './account';
import { startRelay, type Feed, type MeasuredRelay, type RealTimeCall } from './relay';

export interface Scene {
  account: CapacityAccount;
  /** Length of each measured stretch, in seconds. */
  seconds: number;
  /** Length of the stretch in which others hold two slots, in seconds. */
  foreignSeconds: number;
  /** Records of the load beside which real time is measured. */
  records: number;
  /** Figures of a scenario, and whether they are what they have to be. */
  note(goal: string, figure: number, met: boolean): void;
}

/** Records a slot can carry in a second, at most: what a feed has to stay ahead of. */
const RECORDS_A_SECOND = 600;
/** Batches find their size, connections open. */
const WARM_UP_MS = 8_000;

async function withRelay(scene: Scene, work: (relay: MeasuredRelay) => Promise<void>, change?: object): Promise<void> {
  const relay = await startRelay(scene.account.netsuite, change);
  try {
    await work(relay);
  } finally {
    await relay.stop();
  }
}

/** Keeps a lane supplied until it is stopped. */
function keepFed(relay: MeasuredRelay, feed: Feed): () => Promise<void> {
  let stopped = false;
  const feeding = (async () => {
    while (!stopped) {
      if ((await relay.waiting(feed.lane)) < RECORDS_A_SECOND * 10) await relay.load(4_000, feed);
      else await sleep(250);
    }
  })();
  return async () => {
    stopped = true;
    await feeding;
  };
}

async function stretch(scene: Scene, seconds = scene.seconds): Promise<Stretch> {
  const end = await scene.account.measure();
  await sleep(seconds * 1000);
  return end();
}

/** Both lanes have more than they can send: no slot may stay idle. */
export const bothLanes = (scene: Scene): Promise<void> =>
  withRelay(scene, async (relay) => {
    const feeds = [keepFed(relay, { lane: 'bulk' }), keepFed(relay, { lane: 'realtime' })];
    await sleep(WARM_UP_MS);
    const seen = await stretch(scene);
    await Promise.all(feeds.map((stop) => stop()));
    scene.note('both lanes: slots in use of 5 (share)', seen.mean / SLOTS, seen.mean / SLOTS >= 0.95);
    scene.note('both lanes: calls refused', seen.refused, seen.refused === 0);
    scene.note('both lanes: most in flight', seen.peak, seen.peak <= SLOTS);
  });

/** A load alone: the four slots that nobody reserved are full, the fifth is lent for short calls only. */
export const bulkAlone = (scene: Scene): Promise<void> =>
  withRelay(scene, async (relay) => {
    const stop = keepFed(relay, { lane: 'bulk' });
    await sleep(WARM_UP_MS);
    const seen = await stretch(scene);
    await stop();
    const share = seen.meanOfFour / (SLOTS - 1);
    scene.note('bulk alone: slots in use of the 4 unreserved (share)', share, share >= 0.95);
    scene.note('bulk alone: slots in use of all 5 (share)', seen.mean / SLOTS, true);
    if (seen.longestBorrowedMs !== null) {
      // The price is an estimate; the call itself is allowed a fifth more.
      const longest = seen.longestBorrowedMs;
      scene.note('bulk alone: longest call in the reserved slot (ms)', longest, longest <= 2_400);
    }
    scene.note('bulk alone: calls refused', seen.refused, seen.refused === 0);
  });

/** Others take two slots and give them back. */
export const foreignTraffic = (scene: Scene): Promise<void> =>
  withRelay(scene, async (relay) => {
    const stop = keepFed(relay, { lane: 'bulk' });
    await sleep(WARM_UP_MS);
    await scene.account.foreign(2);
    const taken = performance.now();
    const settledS = await until(async () => (await relay.usable()) === SLOTS - 2, 30_000, taken);
    scene.note('foreign traffic: settled at 3 after (s)', settledS, settledS <= 30);
    await sleep(Math.max(0, 10_000 - (performance.now() - taken)));
    const seen = await stretch(scene, scene.foreignSeconds);
    const refused = seen.refused / Math.max(1, seen.calls);
    scene.note('foreign traffic: calls in the stretch', seen.calls, seen.calls > 0);
    scene.note(`foreign traffic: calls refused in ${scene.foreignSeconds} s (share)`, refused, refused <= 0.01);
    scene.note('foreign traffic: slots in use of 3 (share)', seen.mean / 3, true);
    await scene.account.foreign(0);
    const gone = performance.now();
    const backS = await until(async () => (await relay.usable()) === SLOTS, 90_000, gone);
    scene.note('foreign traffic: back at 5 after (s)', backS, backS <= 60);
    await stop();
  });

/** Seconds since a moment until something is so, or until the patience ends. */
async function until(so: () => Promise<boolean>, patienceMs: number, since: number): Promise<number> {
  while (performance.now() - since < patienceMs && !(await so())) await sleep(100);
  return (performance.now() - since) / 1000;
}

/** One record with `Prefer: wait`, alone and beside a load. */
export const realTime = (scene: Scene): Promise<void> =>
  withRelay(scene, async (relay) => {
    for (let warm = 0; warm < 10; warm++) await relay.one();
    const idle = await samplesFor(relay, scene.seconds * 1000);
    const loading = relay.load(scene.records, { lane: 'bulk' });
    const loaded: RealTimeCall[] = [];
    let accepted = false;
    void loading.then(() => (accepted = true));
    const begun = performance.now();
    while (!accepted || ((await relay.waiting('bulk')) > 0 && performance.now() - begun < scene.records * 10))
      loaded.push(...(await samplesFor(relay, 1_000)));
    await loading;
    const [p50Idle, p95Idle] = [whole(idle, 0.5), whole(idle, 0.95)];
    const p95Loaded = whole(loaded, 0.95);
    scene.note(`real time: idle p50 of ${idle.length} calls (ms)`, p50Idle, true);
    scene.note('real time: idle p95 (ms)', p95Idle, true);
    scene.note(`real time: p50 of ${loaded.length} calls beside a load (ms)`, whole(loaded, 0.5), true);
    scene.note(`real time: p95 beside a load of ${scene.records} (ms)`, p95Loaded, true);
    scene.note('real time: slowest beside a load (ms)', whole(loaded, 1), true);
    scene.note('real time: idle p95 of what the relay itself takes (ms)', own(idle, 0.95), true);
    scene.note('real time: p95 of what the relay itself takes, beside a load (ms)', own(loaded, 0.95), true);
    scene.note('real time: p95 beside a load, times idle', round(p95Loaded / p95Idle), p95Loaded / p95Idle < 1.5);
  });

const whole = (calls: readonly RealTimeCall[], share: number): number =>
  quantile(
    calls.map(({ ms }) => ms),
    share,
  );
/** Without the time of the call: on a busy machine it tells whether the relay is slow or the account. */
const own = (calls: readonly RealTimeCall[], share: number): number =>
  quantile(
    calls.map(({ ms, callMs }) => ms - callMs),
    share,
  );

async function samplesFor(relay: MeasuredRelay, ms: number): Promise<RealTimeCall[]> {
  const samples: RealTimeCall[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end) samples.push(await relay.one());
  return samples;
}
