import type { SettleInput } from '../types';
import { execute, queryOne, type Script, type Tx } from './script';
import { PROBE_EVERY_MS, PROBE_ON_MS } from './take';

interface Gate {
  slots: number;
  usable: number;
  cool_until: number;
  throttles: number;
}

/** First cool-down after a refusal that leaves no other way, and the longest, in ms. */
const COOL_MS = 300;
const LONGEST_COOL_MS = 10_000;
/** Refusals one after the other, without a good call between, from which it cools down in any case. */
const MANY_THROTTLES = 6;

/**
 * A probe that was answered ends the stop of calls for every relay, also when the one that stopped them has ended meanwhile.
 */
const ANSWERED = `UPDATE gate SET throttles=0, breaker_reason=CASE WHEN breaker='half-open' THEN NULL ELSE breaker_reason END,
  breaker=CASE WHEN breaker='half-open' THEN 'closed' ELSE breaker END WHERE pool=? AND (throttles>0 OR breaker='half-open')`;

/**
 * Learns how many slots the account lets us use. A call is refused when others fill the rest: what is under way besides it is what we
 * get, at once and exactly. From then on a probe from time to time gives one back if it goes well, and the next one soon. Runs after the call's slot is free.
 */
export function* applyPressure(
  tx: Tx,
  pool: string,
  pressure: NonNullable<SettleInput['pressure']>,
  probe: boolean,
): Script<void> {
  if (pressure.kind === 'ok' && !probe) {
    // Nearly every call: no need to hold the row that every take decides on.
    yield* execute(ANSWERED, pool);
    return;
  }
  const gate = yield* queryOne<Gate>('SELECT slots, usable, cool_until, throttles FROM gate WHERE pool=? @lock', pool);
  if (!gate) return;
  if (pressure.kind === 'ok') {
    yield* execute(
      'UPDATE gate SET throttles=0, usable=?, probe_at=? WHERE pool=?',
      Math.min(gate.slots, gate.usable + 1),
      tx.now + PROBE_ON_MS,
      pool,
    );
    return;
  }
  const others = yield* queryOne<{ n: number }>(
    'SELECT COUNT(*) AS n FROM slot WHERE pool=? AND lease_until>?',
    pool,
    tx.now,
  );
  const underWay = others?.n ?? 0;
  const throttles = gate.throttles + 1;
  yield* execute(
    'UPDATE gate SET usable=?, throttles=?, cool_until=?, probe_at=? WHERE pool=?',
    Math.max(1, Math.min(gate.usable, underWay)),
    throttles,
    Math.max(gate.cool_until, tx.now + coolMs(tx, underWay, throttles, pressure.retryAfterMs)),
    tx.now + PROBE_EVERY_MS,
    pool,
  );
}

/** With full jitter, so that several relays do not come back together. */
function coolMs(tx: Tx, underWay: number, throttles: number, retryAfterMs: number | undefined): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  if (underWay > 0 && throttles < MANY_THROTTLES) return 0;
  const ceiling = Math.min(LONGEST_COOL_MS, COOL_MS * 2 ** Math.min(throttles - 1, 10));
  return Math.round(ceiling * (0.5 + 0.5 * tx.random()));
}
