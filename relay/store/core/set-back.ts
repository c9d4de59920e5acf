import { execute, queryOne, type Script, type Tx } from './script';
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

/**
 * While the relay was down the clock was set back, by hand or because it had been wrong: what is to come comes as much sooner. Otherwise slots
 * and retries, and all that is ready, would wait for as long as it was moved. While it runs the clock goes on by itself: see `steadyClock`.
 */
export function* followSetBack(tx: Tx): Script<void> {
  const last = yield* queryOne<{ at: number | null }>(
    `SELECT MAX(at) AS at FROM (SELECT MAX(started) AS at FROM batch
     UNION ALL SELECT MAX(updated_at) FROM op WHERE state>=${S.done}) m`,
  );
  const ahead = (last?.at ?? 0) - tx.now;
  if (ahead < NOTICED_MS) return;
  for (const [table, column, where] of TO_COME)
    yield* execute(`UPDATE ${table} SET ${column}=${column}-? WHERE ${where}`, ahead);
  for (const [table, column, where] of PAST)
    yield* execute(`UPDATE ${table} SET ${column}=? WHERE ${where} AND ${column}>?`, tx.now, tx.now);
}
