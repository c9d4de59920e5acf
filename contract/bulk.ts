import * as z from 'zod/mini';
import { operationResultSchema } from './upsert';

/** Answers of `customscript_srl_bulk`. */

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

export type JobState = (typeof JOB_STATES)[number];
export type JobStatus = z.infer<typeof jobStatusSchema>;
