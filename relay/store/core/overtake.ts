import { BEHIND, HEAD } from './live';
import type { RecordState } from './load-records';
import type { PreparedOperation } from './prepare-request';
import type { Planned, Superseded } from './plan-operations';
import { insert, json, laneCode, query, type Script, type Tx, updateEach } from './script';
import { S } from './states';

const REALTIME = laneCode('realtime');

interface Row extends Superseded {
  source: string;
  flow: string | null;
  full_state: number;
  action: string;
}

/** What a bulk job holds of a record, with what waits behind it: all of it may be overtaken by a newer whole of the same flow. */
interface Held {
  job: Row;
  behind: Row[];
}

const COLUMNS = 'seq, id, request_no, pool, lane, state, rkey, source, flow, full_state, action';
const KEYS = 'rkey IN (SELECT v FROM @list(text) k)';
/** Locked: what is settled or given back at this moment is no longer there to be overtaken. */
const IN_JOB = `SELECT ${COLUMNS} FROM op WHERE ${KEYS} AND ${HEAD} AND state=${S.leased} AND lease_until IS NULL ORDER BY seq @lock`;
const WAITING = `SELECT ${COLUMNS} FROM op WHERE ${KEYS} AND ${BEHIND} ORDER BY seq @lock`;

const isWhole = (row: Pick<Row, 'full_state' | 'action'>): boolean => row.full_state === 1 && row.action === 'upsert';

/** A change somebody waits for, that carries everything its flow writes: whatever it passes can say nothing that it does not say. */
const mayOvertake = (one: PreparedOperation): boolean =>
  one.lane === REALTIME && one.full === 1 && one.action === 'upsert' && !one.concluded && !one.refused;

/** By record, what a bulk job holds. An operation that writes a part only is never overtaken: it would be lost. */
export function* findOvertakable(
  planned: readonly Planned[],
  records: ReadonlyMap<string, RecordState>,
): Script<Map<string, Held>> {
  const asked = planned
    .filter(({ operation }) => mayOvertake(operation))
    .flatMap(({ operation }) => records.get(operation.rkey) ?? [])
    .filter(({ live }) => live);
  const held = new Map<string, Held>();
  if (asked.length === 0) return held;
  const keys = [...new Set(asked.map(({ rkey }) => rkey))];
  for (const job of yield* query<Row>(IN_JOB, keys)) if (isWhole(job)) held.set(job.rkey, { job, behind: [] });
  if (held.size === 0) return held;
  for (const row of yield* query<Row>(WAITING, [...held.keys()])) {
    const own = held.get(row.rkey);
    if (!own) continue;
    if (isWhole(row) && row.flow === own.job.flow && row.source === own.job.source) own.behind.push(row);
    else held.delete(row.rkey);
  }
  return held;
}

/** Whether the operation goes ahead of what a job holds of its record; what waited between the two is superseded by it. */
export function overtakes(one: Planned, held: Map<string, Held>, superseded: Superseded[]): Superseded | null {
  const found = held.get(one.rkey as string);
  const { operation } = one;
  if (!found || !mayOvertake(operation)) return null;
  if (found.job.flow !== operation.flow || found.job.source !== operation.source) return null;
  held.delete(found.job.rkey);
  const gone = new Set(superseded.map(({ seq }) => seq));
  superseded.push(...found.behind.filter(({ seq }) => !gone.has(seq)).map((row) => ({ ...row, by: one.id })));
  return { ...found.job, by: one.id };
}

/** Takes them out of their records' queues; the job still answers for them. Who overtook whom is written on both sides. */
export function* markOvertaken(
  tx: Tx,
  overtaken: readonly Superseded[],
  seqOf: ReadonlyMap<string, number>,
): Script<void> {
  if (overtaken.length === 0) return;
  yield* updateEach(
    `UPDATE op SET state=${S.overtaken}, superseded_by=v.by_id, updated_at=? @each(seq bigint, by_id text) WHERE op.seq=v.seq`,
    overtaken.map(({ seq, by }) => [seq, by]),
    tx.now,
  );
  yield* insert(
    'history',
    ['seq', 'at', 'kind', 'detail'],
    overtaken.flatMap(({ seq, id, by }) => [
      [seq, tx.now, 'overtaken', json({ by })],
      [seqOf.get(by) ?? 0, tx.now, 'overtakes', json({ operation: id })],
    ]),
  );
}
