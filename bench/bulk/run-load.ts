import { createHash } from 'node:crypto';
import type { NetSuiteAccount } from '../../test/helpers/netsuite/account-process';

/** Most bytes of operations one part may hold: a RESTlet takes 10 MB (Oracle page section_4640094112). */
const PART_BYTES = 7_500_000;

export interface LoadOutcome {
  parts: number;
  bytes: number;
  loadMs: number;
  status: { state: string; counts: Record<string, number>; units: number };
  /** Results by operation, as the job hands them out. */
  results: Map<string, string>;
}

const call = async (account: NetSuiteAccount, body: object): Promise<Record<string, unknown>> => {
  const answer = await account.restlet('bulk', body);
  if (answer.status !== 200) throw new Error(`bulk: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** Sends operations as one bulk load, waits for its end and reads all results. */
export async function runLoad(
  account: NetSuiteAccount,
  count: number,
  make: (at: number) => Record<string, unknown>,
  pollMs = 1000,
): Promise<LoadOutcome> {
  const { jobId } = await call(account, { action: 'open', recordType: 'customer', total: count });
  let bytes = 0;
  let part = 0;
  let pending: object[] = [];
  let pendingBytes = 0;
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const sha256 = createHash('sha256').update(JSON.stringify(pending)).digest('hex');
    await call(account, { action: 'append', jobId, part: part++, sha256, operations: pending });
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
  const begun = performance.now();
  await call(account, { action: 'start', jobId });
  const status = await untilFinished(account, String(jobId), pollMs);
  const loadMs = performance.now() - begun;
  return { parts: part, bytes, loadMs, status, results: await readResults(account, String(jobId)) };
}

async function untilFinished(account: NetSuiteAccount, jobId: string, pollMs: number): Promise<LoadOutcome['status']> {
  for (;;) {
    const status = (await call(account, { action: 'status', jobId })) as unknown as LoadOutcome['status'];
    if (status.state === 'done' || status.state === 'failed') return status;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function readResults(account: NetSuiteAccount, jobId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let after: string | undefined;
  do {
    const page = await call(account, { action: 'results', jobId, ...(after === undefined ? {} : { after }) });
    for (const { opId, status } of page['results'] as { opId: string; status: string }[]) {
      if (found.has(opId)) throw new Error(`operation ${opId} has two results`);
      found.set(opId, status);
    }
    after = page['after'] as string | undefined;
  } while (after !== undefined);
  return found;
}
