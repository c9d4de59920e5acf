import { AsyncLocalStorage } from 'node:async_hooks';
import type { RestletClient } from '../netsuite';
import type { SlotLease, Store } from '../store/types';
import { SEND_WITHIN_MS, startStopwatch, type Stopwatch } from './stopwatch';

export interface ErrandSlot {
  lease: SlotLease;
  /** Runs since the slot was asked for. */
  sinceLease: Stopwatch;
}

export interface ErrandTimes {
  /** The store's clock. */
  now: () => number;
  connectMs: number;
  /** From sending to the end of what a lost call may still do, in ms. */
  lateMs: number;
}

/** How long the slot of an errand is leased at a time, in ms: while a call goes on, its lease is renewed. */
export const errandLeaseMs = ({ connectMs, lateMs }: ErrandTimes): number => connectMs + lateMs + SEND_WITHIN_MS;

interface Errand {
  sinceLease: Stopwatch;
  /** False when the slot is no longer ours. */
  renew: () => Promise<boolean>;
  /** Runs since the last call that was sent and not answered. */
  lost: Stopwatch | null;
  /** NetSuite has carried a call of it out. */
  answered: boolean;
}

const underWay = new AsyncLocalStorage<Errand>();

/**
 * The client for calls that carry no operations. Each finds the slot it is made in: it is sent only while the slot's lease is fresh, and when
 * no answer comes the slot is noted as still taken, for NetSuite goes on with a call whose caller is gone.
 */
export const errandClient = (client: RestletClient): RestletClient => ({
  call: async (call) => {
    const errand = underWay.getStore();
    if (!errand) return client.call(call);
    // The second call of an errand, as a rule.
    if (errand.sinceLease() > SEND_WITHIN_MS / 2) await errand.renew();
    const sent = performance.now();
    const answer = await client.call({ ...call, stillInTime: () => errand.sinceLease() <= SEND_WITHIN_MS });
    if (answer.ok) errand.answered = true;
    else if (answer.failure.kind === 'unknown') errand.lost = () => performance.now() - sent;
    return answer;
  },
  close: () => client.close(),
});

/**
 * Carries an errand out and gives its slot back; not before a call that was lost is surely over. One that was let go while calls are stopped
 * lets them go on when it is answered.
 */
export async function runErrand<T>(
  work: () => Promise<T>,
  { lease, sinceLease }: ErrandSlot,
  store: Pick<Store, 'freeSlot' | 'keepSlot' | 'setBreaker'>,
  times: ErrandTimes,
): Promise<T> {
  const { now, lateMs } = times;
  const leaseMs = errandLeaseMs(times);
  const errand: Errand = {
    sinceLease,
    lost: null,
    answered: false,
    renew: async () => {
      const sinceRenewal = startStopwatch(now);
      const ours = await store.keepSlot(lease, leaseMs);
      if (ours) errand.sinceLease = sinceRenewal;
      return ours;
    },
  };
  // One that fails is tried again by the next.
  const renewing = setInterval(() => void errand.renew().catch(() => undefined), leaseMs / 3);
  try {
    return await underWay.run(errand, work);
  } finally {
    clearInterval(renewing);
    if (lease.probe && errand.answered)
      await store.setBreaker(lease.pool, { state: 'closed', until: null, reason: null });
    await store.freeSlot(lease, errand.lost ? now() + stillAtWorkMs(Math.floor(errand.lost()), lateMs) : null);
  }
}

/** NetSuite ends a RESTlet after so long, in ms. */
const LONGEST_CALL_MS = 300_000;

/** A call that was waited for longer than a lost one may take was at work all the time, and may be until NetSuite ends it. */
const stillAtWorkMs = (sinceSentMs: number, lateMs: number): number =>
  (sinceSentMs < lateMs ? lateMs : Math.max(lateMs, LONGEST_CALL_MS)) - sinceSentMs;
