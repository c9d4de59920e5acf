import * as z from 'zod/mini';

/** Most external ids of one request. */
export const RECONCILE_KEYS = 500;

/** All records of a type that were last modified in a period, page by page. */
const periodSchema = z.strictObject({
  recordType: z.string(),
  /** Last modified from (inclusive) and to (exclusive), ISO 8601. */
  from: z.string(),
  to: z.string(),
  after: z.optional(z.string()),
});

/** Exactly the records with these external ids, whenever they changed; those that do not exist are missing from the answer. */
const keysSchema = z.strictObject({
  recordType: z.string(),
  externalIds: z.array(z.string()).check(z.minLength(1), z.maxLength(RECONCILE_KEYS)),
});

/** Request and answer of `customscript_srl_reconcile`: what NetSuite holds, with a hash over it. */
export const reconcileRequestSchema = z.union([periodSchema, keysSchema]);

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

/** The text a page's SHA-256 is made over: one line a record, in the order of ids, so that both sides can compute it. */
export const reconcileText = (rows: readonly ReconcileRow[]): string =>
  rows.map((row) => [row.internalId, row.externalId ?? '', row.version ?? '', row.hash ?? ''].join('|')).join('\n');

export type ReconcileRequest = z.infer<typeof reconcileRequestSchema>;
export type ReconcileAnswer = z.infer<typeof reconcileAnswerSchema>;
export type ReconcileRow = z.infer<typeof reconcileRowSchema>;
