import type { ChangeData } from '../../../../../contract/change-event';
import type { Counts } from './tally';

/** What the outbox is told of a job that has ended: its outcomes are waiting to be read. */
export const jobChange = (jobId: string, state: 'done' | 'failed', counts: Counts, now: Date): ChangeData => ({
  recordType: 'customrecord_srl_job',
  internalId: jobId,
  externalId: null,
  lastModified: now.toISOString(),
  changes: [],
  origin: { opId: null, version: null, hop: 0, ownSave: true, context: 'MAPREDUCE', user: null },
  foundBy: 'job',
  job: { jobId, state, counts },
});
