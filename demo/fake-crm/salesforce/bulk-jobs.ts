import type { Answer, Call } from '../loopback-server';
import type { CrmRecord } from '../record-table';
import { readCsv, writeCsv } from '../../../relay/crm/salesforce/csv';
import type { RowResult } from './write-row';

interface Job {
  id: string;
  object: string;
  operation: string;
  externalIdFieldName?: string;
  state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
  errorMessage?: string;
  csv: string;
  columns: string[];
  done: (CrmRecord & { sf__Id: string; sf__Created: string })[];
  failed: (CrmRecord & { sf__Id: string; sf__Error: string })[];
  /** Rows it never came to. */
  left: Record<string, string>[];
  /** Looks at its state left until it is complete. */
  polls: number;
}

type WriteOne = (object: string, by: string | null, row: CrmRecord) => RowResult;

const fault = (status: number, errorCode: string, message: string): Answer => ({
  status,
  body: [{ errorCode, message }],
});

/** Bulk API 2.0 ingest: open, upload once, close, poll, fetch the results. */
export class BulkJobs {
  readonly #jobs = new Map<string, Job>();
  readonly #write: WriteOne;
  readonly #newId: () => string;
  readonly #isField: (object: string, column: string) => boolean;
  /** Rows after which the next job fails, as one does that met too many time-outs. */
  failAfter: number | null = null;
  /** Looks a job takes before it is complete. */
  polls = 2;

  constructor(write: WriteOne, newId: () => string, isField: (object: string, column: string) => boolean) {
    this.#write = write;
    this.#newId = newId;
    this.#isField = isField;
  }

  /** Ends the work on every job that was uploaded. */
  finish(): void {
    for (const job of this.#jobs.values()) job.polls = 0;
  }

  answer({ method, body, text }: Call, [id, what]: (string | undefined)[]): Answer {
    if (id === undefined) {
      if (method === 'POST') return this.#open(body as Record<string, string>);
      return { status: 200, body: { done: true, records: [...this.#jobs.values()].map((job) => this.#view(job)) } };
    }
    const job = this.#jobs.get(id);
    if (!job) return fault(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (method === 'PUT' && what === 'batches') return this.#upload(job, text);
    if (method === 'PATCH') return this.#setState(job, (body as { state: string }).state);
    if (method === 'DELETE') {
      this.#jobs.delete(id);
      return { status: 204 };
    }
    if (what === undefined) return { status: 200, body: this.#look(job) };
    return this.#results(job, what);
  }

  #open({ object = '', operation = '', externalIdFieldName }: Record<string, string>): Answer {
    if (operation === 'upsert' && externalIdFieldName === undefined) {
      return fault(400, 'INVALIDJOB', 'InvalidJob : External ID field name is required for upsert');
    }
    const job: Job = {
      id: this.#newId(),
      object,
      operation,
      ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
      state: 'Open',
      csv: '',
      columns: [],
      done: [],
      failed: [],
      left: [],
      polls: this.polls,
    };
    this.#jobs.set(job.id, job);
    return { status: 200, body: this.#view(job) };
  }

  #upload(job: Job, text: string): Answer {
    if (job.state !== 'Open' || job.csv !== '') {
      return fault(400, 'INVALIDJOBSTATE', `Upload is not allowed in state ${job.state}`);
    }
    job.csv = text;
    return { status: 201 };
  }

  #setState(job: Job, state: string): Answer {
    if (state === 'Aborted') job.state = 'Aborted';
    else if (job.state !== 'Open') return fault(400, 'INVALIDJOBSTATE', `Job is ${job.state}`);
    else {
      job.state = 'UploadComplete';
      this.#process(job);
    }
    return { status: 200, body: this.#view(job) };
  }

  #process(job: Job): void {
    const rows = readCsv(job.csv);
    job.columns = Object.keys(rows[0] ?? {});
    const by = job.operation === 'insert' ? null : job.operation === 'update' ? 'Id' : job.externalIdFieldName!;
    const unknown = job.columns.find((column) => !this.#isField(job.object, column));
    if (unknown !== undefined) job.errorMessage = `InvalidBatch : Field name not found : ${unknown}`;
    else if (this.failAfter !== null) job.errorMessage = 'InternalServerError : Server error: processing ended';
    const taken = unknown === undefined ? (this.failAfter ?? rows.length) : 0;
    this.failAfter = null;
    job.left = rows.slice(taken);
    for (const row of rows.slice(0, taken)) {
      const result = this.#write(job.object, by, toRecord(row));
      if (result.success) {
        job.done.push({ ...row, sf__Id: result.id ?? '', sf__Created: String(result.created === true) });
      } else {
        const [error] = result.errors;
        const message = `${error?.statusCode ?? ''}:${error?.message ?? ''}:${error?.fields.join(',') || ' '}--`;
        job.failed.push({ ...row, sf__Id: '', sf__Error: message });
      }
    }
  }

  #look(job: Job): object {
    if (job.state === 'UploadComplete' || job.state === 'InProgress') {
      job.polls -= 1;
      job.state = job.polls > 0 ? 'InProgress' : job.errorMessage === undefined ? 'JobComplete' : 'Failed';
    }
    return this.#view(job);
  }

  #results(job: Job, what: string): Answer {
    if (!['JobComplete', 'Failed', 'Aborted'].includes(job.state))
      return fault(400, 'INVALIDJOBSTATE', `Job is ${job.state}`);
    const csv = { 'content-type': 'text/csv' };
    if (what === 'successfulResults') {
      return { status: 200, body: writeCsv(['sf__Id', 'sf__Created', ...job.columns], job.done), headers: csv };
    }
    if (what === 'failedResults') {
      return { status: 200, body: writeCsv(['sf__Id', 'sf__Error', ...job.columns], job.failed), headers: csv };
    }
    if (what === 'unprocessedrecords') return { status: 200, body: writeCsv(job.columns, job.left), headers: csv };
    return fault(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  #view({ id, object, operation, externalIdFieldName, state, errorMessage, done, failed }: Job): object {
    return {
      ...(state === 'Failed' ? { errorMessage } : {}),
      id,
      object,
      operation,
      externalIdFieldName,
      state,
      contentType: 'CSV',
      apiVersion: 62,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      concurrencyMode: 'Parallel',
      jobType: 'V2Ingest',
      contentUrl: `services/data/v62.0/jobs/ingest/${id}/batches`,
      ...(state === 'JobComplete'
        ? { numberRecordsProcessed: done.length + failed.length, numberRecordsFailed: failed.length }
        : {}),
    };
  }
}

/** Empty leaves a field alone, `#N/A` clears it, `Account__r.Key__c` names a parent. */
function toRecord(row: Readonly<Record<string, string>>): CrmRecord {
  const record: CrmRecord = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === '') continue;
    const [relation, key] = name.split('.');
    record[relation!] = key === undefined ? (value === '#N/A' ? null : value) : { [key]: value };
  }
  return record;
}
