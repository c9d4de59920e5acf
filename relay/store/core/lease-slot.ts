import type { LeaseSlotInput, SlotLease } from '../types';
import {
  allocate,
  change,
  execute,
  laneCode,
  query,
  queryOne,
  update,
  type Script,
  type Step,
  type Tx,
} from './script';
import type { GateRow, SlotRow } from './take';

/**
 * While calls are stopped an operation tries whether they may go on. Where none will come of itself (a person cancelled it, its lane is
 * paused), a call without operations does, this often, in ms; else the pull of change events would rest until somebody sends something.
 */
const TRY_EVERY_MS = 300_000;

/** A slot for a call that carries no operations, such as the pull of change events: it counts against the account like any other. */
export function* leaseSlot(tx: Tx, input: LeaseSlotInput): Script<SlotLease | null> {
  const gate = yield* queryOne<GateRow>(
    'SELECT slots, usable, cool_until, probe_at, lent, lent_until, breaker, breaker_until FROM gate WHERE pool=? @lock',
    input.pool,
  );
  if (!gate || gate.cool_until > tx.now) return null;
  const probe = gate.breaker !== 'closed';
  if (probe && ((gate.breaker_until ?? 0) > tx.now || (yield* willBeTried(tx, input.pool)))) return null;
  const slots = yield* query<SlotRow>('SELECT no, lane, lease_until FROM slot WHERE pool=? ORDER BY no', input.pool);
  const isHeld = ({ lease_until: until }: SlotRow): boolean => until > tx.now && input.takeOver !== true;
  const busy = slots.filter(isHeld).length;
  const lent = (gate.lent_until ?? 0) > tx.now ? gate.lent : 0;
  const free = slots.find((slot) => !isHeld(slot));
  if (!free || busy >= (probe ? 1 : Math.min(gate.usable, gate.slots - lent))) return null;
  if (probe)
    yield* execute(`UPDATE gate SET breaker='open', breaker_until=? WHERE pool=?`, tx.now + TRY_EVERY_MS, input.pool);
  const [token = 0] = yield* allocate('batch', 1);
  yield* execute(
    'UPDATE slot SET holder=?, lane=?, token=?, lease_until=? WHERE pool=? AND no=?',
    input.holder,
    laneCode('realtime'),
    token,
    tx.now + input.leaseMs,
    input.pool,
    free.no,
  );
  return { pool: input.pool, slot: free.no, token, ...(probe ? { probe } : {}) };
}

/** Whether an operation is ready, or will be before the next call without any. */
function* willBeTried(tx: Tx, pool: string): Script<boolean> {
  const rows = yield* query<{ one: number }>(
    `SELECT 1 AS one FROM lane l WHERE l.pool=? AND l.paused=0 AND (
      EXISTS(SELECT 1 FROM op o WHERE o.state=1 AND o.pool=l.pool AND o.lane=l.lane)
      OR EXISTS(SELECT 1 FROM op o WHERE o.state IN (2,7) AND o.run_at<? AND o.pool=l.pool AND o.lane=l.lane)) LIMIT 1`,
    pool,
    tx.now + TRY_EVERY_MS,
  );
  return rows.length > 0;
}

/** False when the lease ran out, or is another's by now. */
export function* keepSlot(tx: Tx, { lease, leaseMs }: { lease: SlotLease; leaseMs: number }): Script<boolean> {
  const { pool, slot, token } = lease;
  const kept = yield* query(
    'UPDATE slot SET lease_until=? WHERE pool=? AND no=? AND token=? AND lease_until>? RETURNING no',
    tx.now + leaseMs,
    pool,
    slot,
    token,
    tx.now,
  );
  return kept.length === 1;
}

export function* freeSlot(tx: Tx, { lease, until }: { lease: SlotLease; until: number | null }): Script<void> {
  const { pool, slot, token } = lease;
  yield* change(slotAfterCall(tx, { pool, slot, token, slotUntil: until }));
  tx.work.add(pool);
}

/** A slot after its call: free at once, or when a lost call is surely over. */
export const slotAfterCall = (
  tx: Tx,
  { pool, slot, token, slotUntil }: SlotLease & { slotUntil: number | null },
): Step =>
  slotUntil !== null && slotUntil > tx.now
    ? update('UPDATE slot SET lease_until=? WHERE pool=? AND no=? AND token=?', slotUntil, pool, slot, token)
    : update(
        'UPDATE slot SET holder=NULL, lane=NULL, lease_until=0 WHERE pool=? AND no=? AND token=?',
        pool,
        slot,
        token,
      );
