import { findRing } from './find-cycle';
import { loadRecords } from './load-records';
import type { PreparedOperation } from './prepare-request';
import { recordKeyOf } from './record-key';
import { execute, insert, type Script, type Tx } from './script';

/** Names to be held while an operation becomes what its record was mapped to: those who would wait, or be waited for, hold them too. */
export const namesOfMapped = ({ pool, requires, serialize }: PreparedOperation): string[] => [
  ...requires.map(({ recordType, externalId }) => recordKeyOf(pool, recordType, externalId)),
  ...serialize.map((value) => `match:${value}`),
];

/**
 * What could not be mapped is mapped by now: it weighs, waits and serialises as what it became, as if it had come so. Its body, lane and place
 * are the caller's. True when it waits for records that are under way.
 */
export function* mapAnew(tx: Tx, { seq, rkey }: { seq: number; rkey: string }, to: PreparedOperation): Script<boolean> {
  yield* execute(
    `UPDATE op SET action=?, crm_id=COALESCE(?, crm_id), full_state=?, on_failure=?, serialized=?, max_attempts=?, weight=?, requires_until=?,
     warnings=? WHERE seq=?`,
    to.action,
    to.crmId,
    to.full,
    to.release,
    to.serialize.length > 0 ? 1 : 0,
    to.maxAttempts,
    to.weight,
    tx.now + to.requiresLimitMs,
    to.warnings,
    seq,
  );
  yield* execute('DELETE FROM match_wait WHERE seq=?', seq);
  const values = [...new Set(to.serialize)];
  yield* insert(
    'match_wait',
    ['mval', 'seq'],
    values.map((value) => [value, seq]),
  );
  const keys = to.requires.map(({ recordType, externalId }) => recordKeyOf(to.pool, recordType, externalId));
  const required = [...(yield* loadRecords(keys)).values()];
  const awaited = required.filter((one) => one.appliedAt === null && one.live && one.rkey !== rkey);
  const targets = [...new Set(awaited.map((one) => one.rkey))];
  // A ring shows when NetSuite names what is missing, as for any that is sent before what it requires.
  if (targets.length === 0 || (yield* findRing(rkey, targets))) return false;
  yield* insert(
    'edge',
    ['seq', 'target'],
    targets.map((target) => [seq, `rec:${target}`]),
    '(seq, target) DO NOTHING',
  );
  return true;
}
