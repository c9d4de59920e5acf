import * as z from 'zod/mini';
import { operationResultSchema } from './upsert';

/** Requests and answers of `customscript_srl_bulk`: a job is opened, filled in parts of any order, and started. */

const jobIdSchema = z.string().check(z.minLength(1));

export const bulkRequestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('open'), recordType: z.string(), total: z.int().check(z.positive()) }),
  z.object({
    action: z.literal('append'),
    jobId: jobIdSchema,
    part: z.int().check(z.gte(0)),
    /** Lower-case hex SHA-256 of `JSON.stringify(operations)`: the same part twice is one part, another body is refused. */
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    operations: z.array(z.unknown()).check(z.minLength(1)),
  }),
  z.object({ action: z.literal('start'), jobId: jobIdSchema }),
  z.object({ action: z.literal('status'), jobId: jobIdSchema }),
  z.object({ action: z.literal('results'), jobId: jobIdSchema, after: z.optional(z.string()) }),
]);

export const JOB_STATES = ['open', 'waiting', 'running', 'done', 'failed'] as const;

export const jobStatusSchema = z.object({
  jobId: z.string(),
  state: z.enum(JOB_STATES),
  /** Operations by result status, and `waiting`. */
  counts: z.record(z.string(), z.int()),
  units: z.number(),
  stage: z.nullable(z.string()),
});

export const jobResultsSchema = z.object({ results: z.array(operationResultSchema), after: z.optional(z.string()) });

export type BulkRequest = z.infer<typeof bulkRequestSchema>;
export type JobState = (typeof JOB_STATES)[number];
export type JobStatus = z.infer<typeof jobStatusSchema>;
