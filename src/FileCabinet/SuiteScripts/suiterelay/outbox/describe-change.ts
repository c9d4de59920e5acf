import type { ChangeData } from '../../../../../contract/change-event';
import { stampFields } from '../upsert/stamps';
import { compareSnapshots, type Snapshot } from './compare-snapshots';

export interface SaveSeen {
  recordType: string;
  internalId: string;
  externalId: string | null;
  before: Snapshot | null;
  /** The record after the save; for a deletion what it was. */
  after: Snapshot;
  kind: 'created' | 'updated' | 'deleted';
  context: string;
  user: string | null;
  now: Date;
}

/** The content of an outbox row, or null when the save changed nothing that anybody outside could care about. */
export function describeChange(seen: SaveSeen): ChangeData | null {
  const changes = seen.kind === 'deleted' ? [] : compareSnapshots(seen.before, seen.after);
  const field = stampFields(seen.recordType);
  const stamp = (name: 'op' | 'version' | 'hop' | 'crm_id', of: Snapshot | null): string | null => {
    const value = field === null ? null : (of?.fields[field(name)] ?? null);
    return value === null ? null : String(value);
  };
  const opId = stamp('op', seen.after) ?? stamp('op', seen.before);
  const ownSave = seen.kind !== 'deleted' && opId !== null && opId !== stamp('op', seen.before);
  // Our own save is told even when nothing else changed: the receiver renews what it knows of the record.
  if (seen.kind === 'updated' && changes.length === 0 && !ownSave) return null;
  return {
    recordType: seen.recordType,
    internalId: seen.internalId,
    externalId: seen.externalId,
    crmId: stamp('crm_id', seen.after) ?? stamp('crm_id', seen.before),
    lastModified: seen.now.toISOString(),
    changes,
    origin: {
      opId,
      version: stamp('version', seen.after) ?? stamp('version', seen.before),
      hop: Number(stamp('hop', seen.after) ?? stamp('hop', seen.before) ?? 0),
      ownSave,
      context: seen.context,
      user: seen.user,
    },
    foundBy: 'capture',
  };
}
