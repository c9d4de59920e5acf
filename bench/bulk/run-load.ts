import type { NetSuiteAccount } from '../../test/helpers/netsuite/account-process';
import { BulkJob, type JobStatus } from '../../test/helpers/netsuite/bulk-job';

/** Most bytes of operations one part may hold: a RESTlet takes 10 MB (Oracle page section_4640094112). */
const PART_BYTES = 7_500_000;
const MOST_MS = 3_600_000;

export interface LoadOutcome {
  parts: number;
  bytes: number;
  loadMs: number;
  status: JobStatus;
  /** Results, and how many operations they are about. */
  results: number;
  answered: number;
}

/** Sends operations as one bulk load, waits for its end and reads all results. */
export async function runLoad(
  account: NetSuiteAccount,
  count: number,
  make: (at: number) => Record<string, unknown>,
  pollMs = 1000,
): Promise<LoadOutcome> {
  const job = await BulkJob.open(account, count);
  const { parts, bytes } = await stage(job, count, make);
  const begun = performance.now();
  await job.start();
  const status = await job.until(['done', 'failed'], pollMs, MOST_MS);
  const loadMs = performance.now() - begun;
  const results = await job.results();
  const answered = new Set(results.map(({ opId }) => opId)).size;
  return { parts, bytes, loadMs, status, results: results.length, answered };
}

async function stage(
  job: BulkJob,
  count: number,
  make: (at: number) => Record<string, unknown>,
): Promise<{ parts: number; bytes: number }> {
  let bytes = 0;
  let parts = 0;
  let pending: object[] = [];
  let pendingBytes = 0;
  const flush = async (): Promise<void> => {
    if (pending.length > 0) await job.append(parts++, pending);
    pending = [];
    pendingBytes = 0;
  };
  for (let at = 0; at < count; at += 1) {
    const operation = make(at);
    const size = JSON.stringify(operation).length + 1;
    if (pendingBytes + size > PART_BYTES) await flush();
    pending.push(operation);
    pendingBytes += size;
    bytes += size;
  }
  await flush();
  return { parts, bytes };
}
