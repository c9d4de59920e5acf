import type { OperationResult } from '../../../contract';
import type { BulkJob } from '../../store/types';
import { settleAnswer } from '../settle-answer';
import type { JobParts } from './run-job';

/** Operations settled in one transaction. */
const STEP = 200;

/** Settles what a page of results says. Operations settled before, or by another relay, are left alone. */
export async function settleResults(parts: JobParts, job: BulkJob, results: readonly OperationResult[]): Promise<void> {
  for (let from = 0; from < results.length; from += STEP)
    await settleSome(parts, job, results.slice(from, from + STEP));
}

async function settleSome(parts: JobParts, job: BulkJob, results: readonly OperationResult[]): Promise<void> {
  const { store, backoff, now } = parts;
  const taken = await store.jobOperations(job.token, { ids: results.map(({ opId }) => opId) });
  if (taken.length === 0) return;
  const stamps = results.flatMap(({ status, stampedBy }) => (status === 'stale' && stampedBy ? [stampedBy] : []));
  const issued = await whichExist(parts, stamps);
  const settlements = settleAnswer(
    { operations: taken },
    { results: [...results] },
    { nowMs: now(), backoff, issued: (opId) => issued.has(opId) },
  );
  await store.settle({
    pool: job.pool,
    token: job.token,
    slot: 0,
    settlements,
    call: { status: 200, code: `BULK_JOB_${job.jobId ?? ''}`, units: null, ms: now() - job.startedAt },
    slotUntil: null,
  });
  parts.onSettled?.(taken, settlements);
}

async function whichExist({ store }: JobParts, opIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(opIds.map(async (opId) => ((await store.getOperation(opId)) ? opId : null)));
  return new Set(found.filter((opId) => opId !== null));
}
