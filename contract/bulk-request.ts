import * as z from 'zod/mini';
import { recordTypeSchema } from './operation';

/** Requests of `customscript_srl_bulk`: a job is opened, filled in parts of any order, and started. */

const jobIdSchema = z.string().check(z.minLength(1));

export const bulkRequestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('open'), recordType: recordTypeSchema, total: z.int().check(z.positive()) }),
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

export type BulkRequest = z.infer<typeof bulkRequestSchema>;
