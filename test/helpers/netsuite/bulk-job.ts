import { createHash } from 'node:crypto';
import type { Caller, NetSuiteAccount } from './account-process';
import type { Result } from './operations';

export interface JobStatus {
  jobId: string;
  state: string;
  counts: Record<string, number>;
  units: number;
  stage: string | null;
}

/** One bulk load as a sender drives it, through the bulk RESTlet. */
export class BulkJob {
  readonly id: string;
  readonly #account: NetSuiteAccount;
  readonly #as: Caller | undefined;

  private constructor(account: NetSuiteAccount, id: string, as: Caller | undefined) {
    this.#account = account;
    this.id = id;
    this.#as = as;
  }

  static async open(account: NetSuiteAccount, total: number, recordType = 'customer', as?: Caller): Promise<BulkJob> {
    const { jobId } = await callBulk(account, { action: 'open', recordType, total }, as);
    return new BulkJob(account, String(jobId), as);
  }

  call(body: object): Promise<Record<string, unknown>> {
    return callBulk(this.#account, { jobId: this.id, ...body }, this.#as);
  }

  append(part: number, operations: object[]): Promise<Record<string, unknown>> {
    const sha256 = createHash('sha256').update(JSON.stringify(operations)).digest('hex');
    return this.call({ action: 'append', part, sha256, operations });
  }

  async start(): Promise<JobStatus> {
    return (await this.call({ action: 'start' })) as unknown as JobStatus;
  }

  async status(): Promise<JobStatus> {
    return (await this.call({ action: 'status' })) as unknown as JobStatus;
  }

  /** Waits until the job has reached one of the states; fails when it does not in time. */
  async until(states: readonly string[] = ['done', 'failed'], everyMs = 100, mostMs = 120_000): Promise<JobStatus> {
    const end = Date.now() + mostMs;
    for (;;) {
      const status = await this.status();
      if (states.includes(status.state)) return status;
      if (Date.now() > end) throw new Error(`job ${this.id} is ${JSON.stringify(status)} after ${mostMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  /** All results, page by page. */
  async results(): Promise<Result[]> {
    const found: Result[] = [];
    let after: string | undefined;
    do {
      const page = await this.call({ action: 'results', ...(after === undefined ? {} : { after }) });
      found.push(...(page['results'] as Result[]));
      after = page['after'] as string | undefined;
    } while (after !== undefined);
    return found;
  }
}

async function callBulk(account: NetSuiteAccount, body: object, as?: Caller): Promise<Record<string, unknown>> {
  const answer = await account.restlet('bulk', body, as === undefined ? {} : { as });
  if (answer.status !== 200) throw new Error(`bulk: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
