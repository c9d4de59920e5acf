import type { SettleInput } from '../types';
import { loadRecords } from './load-records';
import { lockQueues } from './lock-queues';
import { recordKeyOf } from './record-key';
import { json, lock, query, type Script, type Tx } from './script';
import { shadowLocks } from './side-tables';

/** The queues of the batch; of records that are missed and may come at this moment; of those that turn out to be the same. */
export function* lockSettled(tx: Tx, { pool, settlements, shadows }: SettleInput): Script<void> {
  if (tx.alone) return;
  const missing = settlements.flatMap((s) =>
    s.to === 'parked' ? s.missing.map((one) => recordKeyOf(pool, one.recordType, one.externalId)) : [],
  );
  const found = settlements.flatMap((s) =>
    s.to === 'done' && s.internalId !== undefined ? [[s.seq, s.internalId]] : [],
  );
  const merged = missing.length === 0 ? [] : [...(yield* loadRecords(missing)).values()].map(({ rkey }) => rkey);
  yield* lockQueues(
    tx,
    settlements.map(({ seq }) => seq),
    [
      ...missing,
      ...merged,
      ...found.map(([, internalId]) => `id:${pool}|${internalId}`),
      ...shadowLocks(shadows ?? []),
    ],
  );
  const twins = yield* query<{ rkey: string }>(
    `SELECT r.rkey FROM @rows(seq bigint, internal_id text) v JOIN op o ON o.seq=v.seq JOIN rec own ON own.rkey=o.rkey
     JOIN rec r ON r.pool=own.pool AND r.grp=own.grp AND r.internal_id=v.internal_id AND r.rkey<>own.rkey
     WHERE r.merged_into IS NULL AND own.merged_into IS NULL`,
    json(found),
  );
  yield* lock(twins.map(({ rkey }) => rkey));
}
