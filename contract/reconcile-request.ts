import * as z from 'zod/mini';
import { recordTypeSchema } from './operation';

/** Most external ids of one request. */
export const RECONCILE_KEYS = 500;

/** All records of a type that were last modified in a period, page by page. */
const periodSchema = z.strictObject({
  recordType: recordTypeSchema,
  /** Last modified from (inclusive) and to (exclusive), ISO 8601. */
  from: z.string(),
  to: z.string(),
  after: z.optional(z.string()),
});

/** Exactly the records with these external ids, whenever they changed; those that do not exist are missing from the answer. */
const keysSchema = z.strictObject({
  recordType: recordTypeSchema,
  externalIds: z.array(z.string()).check(z.minLength(1), z.maxLength(RECONCILE_KEYS)),
});

/** Request of `customscript_srl_reconcile`: what NetSuite holds, with a hash over it. */
export const reconcileRequestSchema = z.union([periodSchema, keysSchema]);

export type ReconcileRequest = z.infer<typeof reconcileRequestSchema>;
