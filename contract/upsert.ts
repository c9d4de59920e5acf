import * as z from 'zod/mini';
import { ERROR_CLASSES } from './codes';
import { operationSchema, plainValueSchema } from './operation';
import { upsertRequestSchema } from './upsert-request';
import { MAX_OPERATIONS } from './version';

/** Request and answer of `customscript_srl_upsert`. */

export const STATUSES = [
  'created',
  'updated',
  'unchanged',
  'duplicate',
  'stale',
  'deferred',
  'failed',
  'review',
] as const;

/** What the relay sends: the same with every operation typed. */
export const typedUpsertRequestSchema = z.extend(upsertRequestSchema, {
  operations: z.array(operationSchema).check(z.minLength(1), z.maxLength(MAX_OPERATIONS)),
});

export const operationErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  class: z.enum(ERROR_CLASSES),
  field: z.optional(z.string()),
});

export const fieldChangeSchema = z.object({
  /** Body field, or `sublist[key].field`, or `subrecord.field`. */
  field: z.string(),
  old: plainValueSchema,
  new: plainValueSchema,
});

/** `FIELD_TRUNCATED`, `REFERENCE_DEFAULTED`, `TOTAL_DIFFERS`, … */
export const warningSchema = z.object({
  code: z.string(),
  message: z.string(),
  field: z.optional(z.string()),
  from: z.optional(plainValueSchema),
  to: z.optional(plainValueSchema),
});

export const operationResultSchema = z.object({
  opId: z.string(),
  status: z.enum(STATUSES),
  internalId: z.optional(z.string()),
  externalId: z.optional(z.string()),
  /** The version the record carries now. On `stale`, the newer one that won. */
  version: z.optional(z.string()),
  /** On `stale` and `duplicate`: the operation whose stamp was found. */
  stampedBy: z.optional(z.string()),
  changes: z.optional(z.array(fieldChangeSchema)),
  /** Wanted but not written, and why: `onCreate`, `ifEmpty`, `whileStage`, `readOnly`, … */
  skipped: z.optional(z.array(z.object({ field: z.string(), reason: z.string() }))),
  warnings: z._default(z.array(warningSchema), []),
  error: z.optional(operationErrorSchema),
  /** For `AMBIGUOUS_MATCH`: what could be meant. */
  candidates: z.optional(z.array(z.object({ internalId: z.string(), label: z.string() }))),
  /** For class `dependency`: the records that must exist first. */
  missing: z.optional(z.array(z.object({ recordType: z.string(), externalId: z.string() }))),
});

export const usageSchema = z.object({
  unitsUsed: z.number(),
  unitsLeft: z.number(),
  ms: z.number(),
  /** Units of each operation, in the order of `results`; what the batch shares (its queries) is spread evenly. */
  perOperation: z.array(z.number()),
});

export const upsertAnswerSchema = z.object({
  contract: z.int(),
  batchId: z.string(),
  results: z.array(operationResultSchema),
  usage: usageSchema,
});

export type UpsertRequest = z.infer<typeof typedUpsertRequestSchema>;
export type UpsertAnswer = z.infer<typeof upsertAnswerSchema>;
export type OperationResult = z.infer<typeof operationResultSchema>;
export type OperationError = z.infer<typeof operationErrorSchema>;
export type OperationStatus = (typeof STATUSES)[number];
export type FieldChange = z.infer<typeof fieldChangeSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type Usage = z.infer<typeof usageSchema>;
