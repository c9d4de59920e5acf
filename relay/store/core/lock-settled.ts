import type { SettleInput } from '../types';
import { loadRecords } from './load-records';
import { lockQueues } from './lock-queues';
import { recordKeyOf } from './record-key';
import { lock, look, type Script, type Step, type Tx } from './script';
import { shadowLocks } from './side-tables';

/** The queues of the batch; of records that are missed and may come at this moment. */
export function* lockSettled(tx: Tx, input: SettleInput): Script<void> {
  const { pool, settlements, shadows, queues } = input;
  if (tx.alone) return;
  const missing = settlements.flatMap((s) =>
    s.to === 'parked' ? s.missing.map((one) => recordKeyOf(pool, one.recordType, one.externalId)) : [],
  );
  const merged = missing.length === 0 ? [] : [...(yield* loadRecords(missing)).values()].map(({ rkey }) => rkey);
  const more = [
    ...missing,
    ...merged,
    ...foundIds(input).map(([, internalId]) => `id:${pool}|${internalId}`),
    ...shadowLocks(shadows ?? []),
  ];
  if (queues) yield* lock([...queues, ...more]);
  else
    yield* lockQueues(
      tx,
      settlements.map(({ seq }) => seq),
      more,
    );
}

const foundIds = ({ settlements }: SettleInput): [number, string][] =>
  settlements.flatMap((s) => (s.to === 'done' && s.internalId !== undefined ? [[s.seq, s.internalId]] : []));

/**
 * The records that turn out to be the same as one of the batch. Only where transactions run side by side; none can come to be so meanwhile,
 * since the internal ids are locked by name. OFFSET 0 keeps the order: by the
 * operation, by its record, by the internal id. Left to itself PostgreSQL at times began elsewhere, and took half of a settlement's time for it.
 */
export const twinsStep = (input: SettleInput): Step =>
  look(
    `SELECT twin.rkey FROM @rows(seq bigint, internal_id text) v
     CROSS JOIN LATERAL (SELECT r.rkey, r.pool, r.grp FROM rec r
       WHERE r.rkey=(SELECT o.rkey FROM op o WHERE o.seq=v.seq) AND r.merged_into IS NULL OFFSET 0) own
     CROSS JOIN LATERAL (SELECT r.rkey FROM rec r WHERE r.pool=own.pool AND r.grp=own.grp AND r.internal_id=v.internal_id
       AND r.rkey<>own.rkey AND r.merged_into IS NULL OFFSET 0) twin`,
    foundIds(input),
  );
