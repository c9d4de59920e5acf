import * as z from 'zod/mini';

/** Request and answer of `customscript_srl_reconcile`: one page of what NetSuite holds, with a hash over it. */
export const reconcileRequestSchema = z.object({
  recordType: z.string(),
  /** Last modified from (inclusive) and to (exclusive), ISO 8601. */
  from: z.string(),
  to: z.string(),
  after: z.optional(z.string()),
});

export const reconcileRowSchema = z.object({
  internalId: z.string(),
  externalId: z.nullable(z.string()),
  version: z.nullable(z.string()),
  lastModified: z.string(),
  hash: z.nullable(z.string()),
});

export const reconcileAnswerSchema = z.object({
  count: z.int(),
  hash: z.string(),
  rows: z.array(reconcileRowSchema),
  after: z.optional(z.string()),
});

export type ReconcileRequest = z.infer<typeof reconcileRequestSchema>;
export type ReconcileAnswer = z.infer<typeof reconcileAnswerSchema>;
export type ReconcileRow = z.infer<typeof reconcileRowSchema>;
