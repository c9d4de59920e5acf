import type { ChangeData } from '../../../../../contract/change-event';

/** A record as the sweep reads it. */
export interface SweptRecord {
  recordType: string;
  internalId: string;
  externalId: string | null;
  crmId: string | null;
  opId: string | null;
  version: string | null;
  hop: string | null;
  /** ISO 8601, UTC. */
  lastModified: string;
  /** When User Events saw it last; null when never. */
  seen: string | null;
}

/**
 * User Events mark a record as seen within its save, so the time of the save is hardly later. A wider gap means that something saved
 * the record without them: another script's User Event, an import with triggers off. A save that takes longer is told once too often,
 * which costs the receiver a look; the script parameter "A save takes (seconds)" widens it where saves are slow.
 */
export const SAVE_TAKES_MS = 3000;
/** `lastmodifieddate` has whole seconds, and a row of the outbox is written after the save it tells of. */
const SAME_SAVE_MS = 1000;

/** @param capturedAt when the outbox told of the record last, as far as its row is still there: then the answer is exact */
export function wasMissed(
  record: SweptRecord,
  capturedAt: string | null,
  saveTakesMs: number = SAVE_TAKES_MS,
): boolean {
  const modified = Date.parse(record.lastModified);
  if (capturedAt !== null) {
    // Without the mark of its own save the row is another save's, or the sweep's own, which has exactly this time.
    return modified - Date.parse(capturedAt) > (record.seen === null ? 0 : SAME_SAVE_MS);
  }
  return record.seen === null || modified - Date.parse(record.seen) > saveTakesMs;
}

/** What the outbox is told of a missed change: which record, not which fields; the receiver re-reads it. */
export function missedChange(record: SweptRecord): ChangeData {
  return {
    recordType: record.recordType,
    internalId: record.internalId,
    externalId: record.externalId,
    crmId: record.crmId,
    lastModified: record.lastModified,
    changes: [],
    origin: {
      opId: record.opId,
      version: record.version,
      hop: Number(record.hop ?? 0),
      ownSave: false,
      context: 'SWEEP',
      user: null,
    },
    foundBy: 'sweep',
  };
}

export function deletedRecord(recordType: string, internalId: string, deletedAt: string): ChangeData {
  return {
    ...missedChange({
      recordType,
      internalId,
      externalId: null,
      crmId: null,
      opId: null,
      version: null,
      hop: null,
      lastModified: deletedAt,
      seen: null,
    }),
  };
}
