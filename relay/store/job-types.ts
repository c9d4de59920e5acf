/** A load that NetSuite applies by itself: staged in parts, carried out by a Map/Reduce script, answered afterwards. */

/**
 * - filling:  operations are being given to it
 * - staging:  parts are being sent
 * - running:  NetSuite works on it
 * - settling: results are being read
 */
export type JobStage = 'filling' | 'staging' | 'running' | 'settling';

export interface BulkJob {
  /** Lease token of its operations. */
  token: number;
  pool: string;
  source: string;
  recordType: string;
  /** How many operations it was given. */
  operations: number;
  /** Length of their bodies together. */
  characters: number;
  /** NetSuite's id of it, once it was opened there. */
  jobId: string | null;
  stage: JobStage;
  /** Results were settled up to here. */
  cursor: string | null;
  startedAt: number;
  /** When it last moved on, ms since epoch. */
  changedAt: number;
}

export interface NextJobInput {
  pool: string;
  holder: string;
  /** Another relay takes the job over when its holder has not been heard of for so long, in ms. */
  leaseMs: number;
  /** Operations of one source and record type that have to wait in the bulk lane for a new job; by source, and for all others. */
  above: number;
  aboveBySource?: Readonly<Record<string, number>> | undefined;
}

/** What a holder notes down about its job; renews the lease. */
export interface JobNote {
  token: number;
  holder: string;
  leaseMs: number;
  stage?: JobStage | undefined;
  jobId?: string | undefined;
  cursor?: string | undefined;
}
