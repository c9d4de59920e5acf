import * as z from 'zod';
import {
  jobResultsSchema,
  jobStatusSchema,
  type BulkRequest,
  type JobStatus,
  type OperationResult,
} from '../../contract';
import { misunderstood } from './misunderstood';
import type { RestletClient } from './restlet-client';
import type { CallFailure } from './types';

export type BulkOutcome<T> = { ok: true; value: T } | { ok: false; failure: CallFailure };

/** Staging a part of several megabytes may take a while, in ms. */
const ANSWER_MS = 120_000;

const openedSchema = z.object({ jobId: z.string() });
const stagedSchema = z.object({ staged: z.int() });

/** The calls of `customscript_srl_bulk`. None of them throws; each may be repeated. */
export interface BulkCalls {
  open(recordType: string, total: number): Promise<BulkOutcome<{ jobId: string }>>;
  append(part: Omit<Extract<BulkRequest, { action: 'append' }>, 'action'>): Promise<BulkOutcome<{ staged: number }>>;
  start(jobId: string): Promise<BulkOutcome<JobStatus>>;
  status(jobId: string): Promise<BulkOutcome<JobStatus>>;
  results(
    jobId: string,
    after: string | null,
  ): Promise<BulkOutcome<{ results: OperationResult[]; after?: string | undefined }>>;
}

export function makeBulkCalls(client: RestletClient): BulkCalls {
  const call = async <T>(request: BulkRequest, read: (body: unknown) => T): Promise<BulkOutcome<T>> => {
    const called = await client.call({
      script: 'customscript_srl_bulk',
      deploy: 'customdeploy_srl_bulk',
      method: 'POST',
      body: request,
      answerMs: ANSWER_MS,
    });
    if (!called.ok) return called;
    try {
      return { ok: true, value: read(called.body) };
    } catch (error) {
      return { ok: false, failure: misunderstood('bulk', error) };
    }
  };
  return {
    open: (recordType, total) => call({ action: 'open', recordType, total }, (body) => openedSchema.parse(body)),
    append: (part) => call({ action: 'append', ...part }, (body) => stagedSchema.parse(body)),
    start: (jobId) => call({ action: 'start', jobId }, (body) => jobStatusSchema.parse(body)),
    status: (jobId) => call({ action: 'status', jobId }, (body) => jobStatusSchema.parse(body)),
    results: (jobId, after) =>
      call({ action: 'results', jobId, ...(after === null ? {} : { after }) }, (body) => jobResultsSchema.parse(body)),
  };
}
