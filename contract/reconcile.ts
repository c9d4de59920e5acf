import * as z from 'zod/mini';

/** A record as the answer of `customscript_srl_reconcile` tells it, with a hash over what NetSuite holds. */
export const reconcileRowSchema = z.object({
  internalId: z.string(),
  /** Asked by external ids, the one of them that the record is known by. */
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

export type ReconcileAnswer = z.infer<typeof reconcileAnswerSchema>;
export type ReconcileRow = z.infer<typeof reconcileRowSchema>;
