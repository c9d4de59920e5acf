import { stampPrefix, type StampName } from '../../../../../contract/stamps';
import type { Operation } from '../../../../../contract/operation';

/** What a record tells of the operation that wrote it last. */
export interface Stamp {
  key: string | null;
  crmId: string | null;
  op: string | null;
  version: string | null;
  hash: string | null;
}

/** Set by the capture script in the same save: a save that User Events did not see leaves it behind. */
export const SEEN = 'seen';

export const NO_STAMP: Stamp = { key: null, crmId: null, op: null, version: null, hash: null };

/**
 * Field ids of the stamp on a record type, or null where a ledger row stands in. A custom field belongs to one custom record type
 * alone, so custom record types of a customer carry no fields of ours.
 */
export function stampFields(recordType: string): ((name: StampName | typeof SEEN) => string) | null {
  const prefix = stampPrefix(recordType);
  return prefix === null ? null : (name) => `${prefix}${name}`;
}

/** External id of the ledger row that stands for a record. */
export const ledgerKey = (group: string, externalId: string): string => `${group}_${externalId}`.toUpperCase();

/** The values to write with an operation. Free text all of them: they travel with `submitFields` too. */
export function stampValues(
  operation: Operation,
  externalId: string | null,
  hash: string,
  now: Date,
): Record<StampName, string> {
  return {
    key: externalId ?? '',
    crm_id: operation.key.crmId ?? operation.key.externalId,
    op: operation.opId,
    version: operation.version,
    hash,
    hop: String(operation.hop),
    synced: now.toISOString(),
  };
}

export type Verdict = 'fresh' | 'duplicate' | 'stale';

/**
 * A stamp counts only when it was made for this very record: its key is the record's own external id, or the record was addressed by
 * internal id and the cross-reference agrees. Copies and transforms inherit fields, and so inherit nothing.
 */
export function stampCounts(
  stamp: Stamp,
  recordExternalId: string | null,
  operation: Operation,
  byId: boolean,
): boolean {
  if (stamp.key !== null && recordExternalId !== null && stamp.key.toUpperCase() === recordExternalId.toUpperCase())
    return true;
  return byId && stamp.crmId !== null && stamp.crmId === (operation.key.crmId ?? operation.key.externalId);
}

export function judgeStamp(stamp: Stamp, operation: Operation): Verdict {
  if (stamp.op === operation.opId) return 'duplicate';
  if (stamp.version !== null && stamp.version > operation.version) return 'stale';
  return 'fresh';
}
