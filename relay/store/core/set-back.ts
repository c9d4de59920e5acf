import { execute, lock, queryOne, type Script, type Tx } from './script';
import { getCursor, writeCursors } from './side-tables';
import { S } from './states';

/** A store whose last work lies so far ahead of the clock, in ms, was written by a clock that has been set back since. */
const NOTICED_MS = 5_000;

/** Moments that wait to come, by table. */
const TO_COME: readonly (readonly [table: string, column: string, where: string])[] = [
  ['op', 'run_at', 'state IN (2,7)'],
  ['op', 'lease_until', `state=${S.leased}`],
  ['op', 'requires_until', `state=${S.parked}`],
  ['rec', 'busy_until', 'busy_until>0'],
  ['slot', 'lease_until', 'lease_until>0'],
  ['job', 'lease_until', 'lease_until>0'],
  ['gate', 'cool_until', 'cool_until>0'],
  ['gate', 'probe_at', 'probe_at>0'],
  ['gate', 'lent_until', 'lent_until>0'],
  ['gate', 'breaker_until', 'breaker_until>0'],
];
/** Moments that have been, which nothing may find ahead: else the same would be found, and moved, once more. */
const PAST: readonly (readonly [table: string, column: string, where: string])[] = [
  ['op', 'updated_at', `state=${S.ready}`],
  ['op', 'updated_at', `state>=${S.done}`],
  ['batch', 'started', 'started>0'],
];

/** Where the moment lies at which a clock was followed last. */
const FOLLOWED = 'clock:followed';
/** A transaction that began before the clock was set back may end after it was followed: what it leaves is no second time. In ms. */
const STRAGGLERS_MS = 60_000;

/**
 * While the relay was down the clock was set back, by hand or because it had been wrong: what is to come comes as much sooner. Otherwise slots
 * and retries, and all that is ready, would wait for as long as it was moved. While it runs the clock goes on by itself: see `steadyClock`.
 * A server's clock may be set back at any time, or another server take its place: several relays look for it, and one of them follows it.
 */
export function* followSetBack(tx: Tx): Script<void> {
  if ((yield* aheadOf(tx)) < NOTICED_MS) return;
  yield* lock([FOLLOWED]);
  const ahead = yield* aheadOf(tx);
  if (ahead < NOTICED_MS) return;
  const followed = Number(yield* getCursor(FOLLOWED));
  if (tx.alone || Math.abs(tx.now - followed) >= STRAGGLERS_MS)
    for (const [table, column, where] of TO_COME)
      yield* execute(`UPDATE ${table} SET ${column}=${column}-? WHERE ${where}`, ahead);
  for (const [table, column, where] of PAST)
    yield* execute(`UPDATE ${table} SET ${column}=? WHERE ${where} AND ${column}>?`, tx.now, tx.now);
  yield* writeCursors(tx, [[FOLLOWED, String(tx.now)]]);
}

/** How far the store's last work lies ahead of the clock. */
function* aheadOf(tx: Tx): Script<number> {
  const last = yield* queryOne<{ at: number | null }>(
    `SELECT MAX(at) AS at FROM (SELECT MAX(started) AS at FROM batch
     UNION ALL SELECT MAX(updated_at) FROM op WHERE state>=${S.done}) m`,
  );
  return (last?.at ?? 0) - tx.now;
}
