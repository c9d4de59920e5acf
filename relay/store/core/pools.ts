import { LANES, type Breaker, type Lane, type PoolConfig, type PoolStatus } from '../types';
import { listJobs } from './jobs';
import { execute, insert, laneCode, laneName, query, queryOne, type Script, type Tx } from './script';
import type { GateRow } from './take';

/** Sets a pool up, or changes it; what was learnt stays, within the new number of slots. */
export function* configurePool(tx: Tx, pool: string, config: PoolConfig): Script<void> {
  yield* insert(
    'gate',
    ['pool', 'slots', 'usable', 'cool_until', 'throttles', 'probe_at', 'lent', 'breaker'],
    [[pool, config.slots, config.slots, 0, 0, 0, 0, 'closed']],
    '(pool) DO NOTHING',
  );
  const before = yield* queryOne<{ slots: number; usable: number }>(
    'SELECT slots, usable FROM gate WHERE pool=? @lock',
    pool,
  );
  const grown = before !== undefined && config.slots > before.slots;
  yield* execute(
    'UPDATE gate SET slots=?, usable=? WHERE pool=?',
    config.slots,
    grown ? config.slots : Math.min(before?.usable ?? config.slots, config.slots),
    pool,
  );
  const numbers = Array.from({ length: config.slots }, (_, at) => at + 1);
  yield* insert(
    'slot',
    ['pool', 'no', 'lease_until'],
    numbers.map((no) => [pool, no, 0]),
    '(pool, no) DO NOTHING',
  );
  yield* execute('DELETE FROM slot WHERE pool=? AND no>? AND lease_until<=?', pool, config.slots, tx.now);
  yield* insert(
    'lane',
    ['pool', 'lane', 'reserved', 'weight', 'vtime', 'paused'],
    LANES.map((lane) => [pool, laneCode(lane), config.lanes[lane].reserved, config.lanes[lane].weight, 0, 0]),
    '(pool, lane) DO UPDATE SET reserved=excluded.reserved, weight=excluded.weight',
  );
  tx.work.add(pool);
}

export function* setBreaker(tx: Tx, pool: string, breaker: Breaker): Script<void> {
  yield* execute(
    'UPDATE gate SET breaker=?, breaker_until=?, breaker_reason=? WHERE pool=?',
    breaker.state,
    breaker.until,
    breaker.reason,
    pool,
  );
  tx.work.add(pool);
}

export function* pauseLane(tx: Tx, pool: string, lane: Lane, paused: boolean): Script<void> {
  yield* execute('UPDATE lane SET paused=? WHERE pool=? AND lane=?', paused ? 1 : 0, pool, laneCode(lane));
  tx.work.add(pool);
}

export function* lendSlots(tx: Tx, pool: string, slots: number, until: number): Script<void> {
  yield* execute('UPDATE gate SET lent=?, lent_until=? WHERE pool=?', slots, until, pool);
  tx.work.add(pool);
}

export function* listPools(): Script<string[]> {
  return (yield* query<{ pool: string }>('SELECT pool FROM gate ORDER BY pool')).map(({ pool }) => pool);
}

interface LaneStatus {
  lane: number;
  reserved: number;
  weight: number;
  paused: number;
}

interface Holder {
  no: number;
  holder: string | null;
  lane: number | null;
  token: number | null;
  lease_until: number;
}

const HOUR_MS = 3_600_000;

export function* poolStatus(tx: Tx, pool: string): Script<PoolStatus | null> {
  const gate = yield* queryOne<GateRow & { breaker_reason: string | null }>('SELECT * FROM gate WHERE pool=?', pool);
  if (!gate) return null;
  const lanes = yield* query<LaneStatus>(
    'SELECT lane, reserved, weight, paused FROM lane WHERE pool=? ORDER BY lane',
    pool,
  );
  const busy = yield* query<Holder>(
    'SELECT no, holder, lane, token, lease_until FROM slot WHERE pool=? AND lease_until>? ORDER BY no',
    pool,
    tx.now,
  );
  const lent = (gate.lent_until ?? 0) > tx.now ? gate.lent : 0;
  const used = yield* queryOne<{ calls: number; units: number | null }>(
    'SELECT COUNT(*) AS calls, SUM(units) AS units FROM batch WHERE started>? AND pool=?',
    tx.now - HOUR_MS,
    pool,
  );
  return {
    pool,
    slots: gate.slots,
    usable: gate.usable,
    inUse: busy.length,
    lent,
    lentUntil: lent > 0 ? gate.lent_until : null,
    coolingUntil: gate.cool_until > tx.now ? gate.cool_until : null,
    breaker: { state: toBreakerState(gate.breaker), until: gate.breaker_until, reason: gate.breaker_reason },
    lanes: lanes.map((lane) => ({
      lane: laneName(lane.lane),
      reserved: lane.reserved,
      weight: lane.weight,
      paused: lane.paused === 1,
      inUse: busy.filter((slot) => slot.lane === lane.lane).length,
    })),
    calls: used?.calls ?? 0,
    units: Math.round(used?.units ?? 0),
    jobs: yield* listJobs(pool),
    holders: busy.map((slot) => ({
      slot: slot.no,
      holder: slot.holder ?? '',
      lane: laneName(slot.lane ?? 0),
      token: slot.token ?? 0,
      leaseUntil: slot.lease_until,
    })),
  };
}

const toBreakerState = (text: string): Breaker['state'] => (text === 'open' || text === 'half-open' ? text : 'closed');
