import { setTimeout as delay } from 'node:timers/promises';
import type { CrmFault, CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import { targetOf, type WriteGroup } from '../group-by-target';
import { CrmCallError } from '../http-call';
import type { BulkMemory, OpenJob } from './bulk-memory';
import { toUploads } from './bulk-rows';
import { readCsv } from './csv';
import type { SalesforceClient } from './salesforce-client';
import { rowFault } from './salesforce-faults';
import { ID, type Outcomes } from './write-collections';

const FIRST_POLL_MS = 250;
const LONGEST_POLL_MS = 5_000;
/** When a job that takes longer is looked at again, in ms. */
const LATER_MS = 15_000;

interface JobState {
  state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
  errorMessage?: string;
}

/** Writes by Bulk API 2.0. A job's id is kept before anything is uploaded: after a restart the same job is asked, not a new one made. */
export class BulkWriter {
  readonly #client: SalesforceClient;
  readonly #memory: BulkMemory;
  readonly #waitMs: number;
  /** Operations of a job whose outcome was handed out: when it was for all, the job is forgotten. */
  readonly #told = new Map<string, Set<string>>();

  constructor(client: SalesforceClient, memory: BulkMemory, waitMs: number) {
    this.#client = client;
    this.#memory = memory;
    this.#waitMs = waitMs;
  }

  /** Outcomes of those records that a job under way, or one from before a restart, carries. */
  async resume(items: readonly CrmWrite[], signal: AbortSignal): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    for (const job of await this.#memory.list()) {
      const carried = new Set(job.operationIds);
      const own = items.filter(({ operationId }) => carried.has(operationId));
      if (own.length === 0) continue;
      for (const [id, outcome] of await this.#follow(job, own, signal)) outcomes.set(id, outcome);
    }
    return outcomes;
  }

  async write(object: string, { by, create, items }: WriteGroup, signal: AbortSignal): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    for (const upload of toUploads(items, by)) {
      const request = {
        object,
        operation: create ? 'upsert' : 'update',
        ...(by === ID ? {} : { externalIdFieldName: by }),
        contentType: 'CSV',
        lineEnding: 'LF',
      };
      const { body } = await this.#client.call('POST', this.#path(), { body: request }, signal);
      const job: OpenJob = {
        jobId: (body as { id: string }).id,
        operationIds: upload.items.map((one) => one.operationId),
        by,
        targets: upload.items.map(targetOf),
      };
      await this.#memory.add(job);
      const text = { type: 'text/csv', content: upload.csv };
      await this.#client.call('PUT', this.#path(job.jobId, 'batches'), { text }, signal);
      await this.#client.call('PATCH', this.#path(job.jobId), { body: { state: 'UploadComplete' } }, signal);
      for (const [id, outcome] of await this.#follow(job, upload.items, signal)) outcomes.set(id, outcome);
    }
    return outcomes;
  }

  #path(...parts: string[]): string {
    return this.#client.data(['/jobs/ingest', ...parts].join('/'));
  }

  /** Polls a job for a while. Records without an outcome in the answer are to be written anew. */
  async #follow(job: OpenJob, items: readonly CrmWrite[], signal: AbortSignal): Promise<Outcomes> {
    const endAt = Date.now() + this.#waitMs;
    for (let pauseMs = FIRST_POLL_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_POLL_MS)) {
      const state = await this.#stateOf(job, signal);
      if (state?.state === 'JobComplete') return this.#results(job, items, signal, unprocessed);
      if (state === null || state.state === 'Open') {
        // Its upload was never finished, or it is no longer kept: nothing of it was written.
        if (state) await this.#client.call('PATCH', this.#path(job.jobId), { body: { state: 'Aborted' } }, signal);
        await this.#memory.remove(job.jobId);
        return new Map();
      }
      if (state.state === 'Failed' || state.state === 'Aborted')
        return this.#results(job, items, signal, jobFault(job.jobId, state));
      if (Date.now() + pauseMs > endAt) {
        const message = `Salesforce is working on bulk job ${job.jobId}.`;
        const fault: CrmFault = { class: 'transient', code: 'BULK_JOB_RUNNING', message };
        return everyItem(items, { ...fault, pending: true, retryAfterMs: LATER_MS });
      }
      await delay(pauseMs, undefined, { signal });
    }
  }

  async #stateOf({ jobId }: OpenJob, signal: AbortSignal): Promise<JobState | null> {
    try {
      return (await this.#client.call('GET', this.#path(jobId), {}, signal)).body as JobState;
    } catch (error) {
      if (error instanceof CrmCallError && error.status === 404) return null;
      throw error;
    }
  }

  /**
   * The outcome of each item: what was written or refused before a job failed counts all the same, and only the others get `rest`. Rows
   * are told by the column that names their record, and by no other: a number elsewhere may well be another record's id.
   */
  async #results(job: OpenJob, items: readonly CrmWrite[], signal: AbortSignal, rest: CrmFault): Promise<Outcomes> {
    const byTarget = new Map<string, CrmWriteOutcome>();
    const note = (row: Record<string, string>, outcome: CrmWriteOutcome): void => {
      byTarget.set((row[job.by] ?? '').toLowerCase(), outcome);
    };
    for (const row of await this.#csv(job.jobId, 'successfulResults', signal)) {
      const status = row['sf__Created'] === 'true' ? 'created' : 'updated';
      note(row, { ok: true, crmId: row['sf__Id'] || null, status });
    }
    for (const row of await this.#csv(job.jobId, 'failedResults', signal)) {
      note(row, { ok: false, fault: rowFault([parseError(row['sf__Error'] ?? '')]) });
    }
    const targets = new Map(job.operationIds.map((id, at) => [id, job.targets[at] ?? '']));
    const told = this.#told.get(job.jobId) ?? new Set<string>();
    const outcomes: Outcomes = new Map();
    for (const item of items) {
      told.add(item.operationId);
      const target = targets.get(item.operationId) ?? '';
      outcomes.set(item.operationId, byTarget.get(target.toLowerCase()) ?? { ok: false, fault: rest });
    }
    this.#told.set(job.jobId, told);
    if (told.size >= job.operationIds.length) {
      this.#told.delete(job.jobId);
      await this.#memory.remove(job.jobId);
    }
    return outcomes;
  }

  async #csv(jobId: string, what: string, signal: AbortSignal): Promise<Record<string, string>[]> {
    const rows: Record<string, string>[] = [];
    let locator: string | undefined;
    do {
      const query: string = locator === undefined ? '' : `?locator=${encodeURIComponent(locator)}`;
      const { body, header } = await this.#client.call('GET', `${this.#path(jobId, what)}${query}`, {}, signal);
      rows.push(...readCsv(typeof body === 'string' ? body : ''));
      locator = header('sforce-locator');
    } while (locator !== undefined && locator !== 'null');
    return rows;
  }
}

const everyItem = (items: readonly CrmWrite[], fault: CrmFault): Outcomes =>
  new Map(items.map((item) => [item.operationId, { ok: false, fault }]));

const unprocessed: CrmFault = {
  class: 'transient',
  code: 'UNPROCESSED',
  message: 'The bulk job ended before this record.',
};

/** A job that fails names a reason such as `InvalidBatch : Field name not found : Nonsense__c`; any other end is the org's, and passes. */
function jobFault(jobId: string, { state, errorMessage = 'no reason given' }: JobState): CrmFault {
  const message = `Bulk job ${jobId} ended as ${state}: ${errorMessage}`;
  const refused = /^\s*Invalid(Batch|Entity|Job)\b/i.test(errorMessage);
  return { class: refused ? 'configuration' : 'transient', code: 'BULK_JOB_FAILED', message };
}

/** `STRING_TOO_LONG:Name: data value too large (max length=255):Name --` */
function parseError(text: string): object {
  const [, statusCode = 'UNKNOWN', message = text, field = ''] =
    /^([A-Z_]+):([\s\S]*?)(?::([\w, ]*)--)?$/.exec(text) ?? [];
  const name = field.trim();
  return { statusCode, message, fields: name === '' ? [] : name.split(',') };
}
