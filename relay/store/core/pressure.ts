import type { SettleInput } from '../types';
import { query, queryOne, type Script, type Tx } from './script';
import { PROBE_EVERY_MS } from './take';

interface Gate {
  slots: number;
  usable: number;
  cool_until: number;
  throttles: number;
}

/** First cool-down after a refusal, and the longest, in ms. */
const COOL_MS = 300;
const LONGEST_COOL_MS = 10_000;
/** What is left of the usable slots after a refusal. */
const DECREASE = 0.7;

/**
 * Learns how many slots the account lets us use: a refusal takes 30 % away at once, a probe that went well gives one back. Refusals of
 * calls that were under way together count as one.
 */
export function* applyPressure(
  tx: Tx,
  pool: string,
  pressure: NonNullable<SettleInput['pressure']>,
  probe: boolean,
): Script<void> {
  const gate = yield* queryOne<Gate>('SELECT slots, usable, cool_until, throttles FROM gate WHERE pool=? @lock', pool);
  if (!gate) return;
  if (pressure.kind === 'ok') {
    if (!probe && gate.throttles === 0) return;
    const usable = probe ? Math.min(gate.slots, gate.usable + 1) : gate.usable;
    yield* query('UPDATE gate SET throttles=0, usable=? WHERE pool=?', usable, pool);
    return;
  }
  const together = gate.cool_until > tx.now;
  const throttles = together ? gate.throttles : gate.throttles + 1;
  const usable = together || probe ? gate.usable : Math.max(1, Math.floor(gate.usable * DECREASE));
  const ceiling = Math.min(LONGEST_COOL_MS, COOL_MS * 2 ** Math.min(throttles - 1, 10));
  const coolMs = Math.max(pressure.retryAfterMs ?? 0, ceiling * (0.5 + 0.5 * tx.random()));
  yield* query(
    'UPDATE gate SET usable=?, throttles=?, cool_until=?, probe_at=? WHERE pool=?',
    usable,
    throttles,
    Math.round(Math.max(gate.cool_until, tx.now + coolMs)),
    tx.now + PROBE_EVERY_MS,
    pool,
  );
}
