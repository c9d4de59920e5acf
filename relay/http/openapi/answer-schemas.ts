import * as z from 'zod';
import { ERROR_CLASSES, fieldChangeSchema, warningSchema } from '../../../contract';
import { LANES, STATES } from '../../store/types';

/** What the API answers. Tests hold every answer against these. */

const isoTime = z.iso.datetime();

export const failureSchema = z.strictObject({
  code: z.string(),
  class: z.enum(ERROR_CLASSES),
  message: z.string(),
  field: z.string().optional(),
  action: z.string().meta({ description: 'What to do about it.' }),
});

export const attemptSchema = z.strictObject({
  at: isoTime,
  batchId: z.string(),
  slot: z.int(),
  units: z.number().nullable(),
  ms: z.number().nullable(),
  status: z.int().nullable(),
  code: z.string().optional(),
  answer: z.string().optional(),
});

export const summarySchema = z.strictObject({
  operationId: z.string(),
  requestId: z.string(),
  state: z.enum(STATES),
  result: z.string().optional(),
  source: z.string(),
  object: z.string(),
  flow: z.string().optional(),
  lane: z.enum(LANES),
  account: z.string(),
  crmId: z.string().nullable(),
  recordType: z.string(),
  action: z.string(),
  externalId: z.string(),
  internalId: z.string().optional(),
  version: z.string(),
  traceId: z.string(),
  attemptCount: z.int(),
  waitsFor: z.string().optional(),
  nextAttemptAt: isoTime.optional(),
  supersededBy: z.string().optional(),
  error: failureSchema.optional(),
  createdAt: isoTime,
  updatedAt: isoTime,
});

export const contextAnswerSchema = z.strictObject({
  found: z.boolean().meta({ description: 'False for a customer that NetSuite does not have; note says so.' }),
  customer: z.strictObject({
    crmId: z.string(),
    externalId: z.string(),
    internalId: z.string().nullable(),
    number: z.string().nullable(),
  }),
  entitlementActive: z.boolean().nullable(),
  entitlementEnd: z.iso.date().nullable(),
  purchasedItems: z.string().nullable(),
  openShipments: z.int().nullable(),
  overdueBalance: z.number().nullable(),
  stockStatus: z.string().nullable(),
  note: z.string().nullable(),
  asOf: isoTime,
});

export const operationAnswerSchema = z.strictObject({
  ...summarySchema.shape,
  rules: z
    .strictObject({ digest: z.string(), since: isoTime })
    .optional()
    .meta({ description: 'Version of the flows and settings that were in force when it was accepted.' }),
  attempts: z.array(attemptSchema),
  warnings: z.array(warningSchema),
  changes: z.array(fieldChangeSchema),
  skipped: z.array(z.strictObject({ field: z.string(), reason: z.string() })),
  missing: z.array(z.string()).optional(),
  behind: z
    .strictObject({ operationId: z.string(), state: z.enum(STATES), error: failureSchema.optional() })
    .optional()
    .meta({
      description:
        'The operation of the same record that goes first. One in review holds the record until somebody decides; its error says why.',
    }),
  history: z.array(
    z.strictObject({ at: isoTime, kind: z.string(), actor: z.string().nullable(), detail: z.unknown().optional() }),
  ),
});

export const replayedFailureSchema = z.strictObject({
  ...summarySchema.shape,
  replacedBy: z
    .string()
    .optional()
    .meta({ description: 'The operation that now carries the record, where none could be mapped before.' }),
});

const standingShape = {
  responsible: z
    .string()
    .optional()
    .meta({ description: 'Who looks after it, as the flow or the configuration says.' }),
  hoursOpen: z.int().meta({ description: 'For how many hours it stands as it is.' }),
};
export const failureAnswerSchema = z.strictObject({
  ...operationAnswerSchema.shape,
  ...standingShape,
  payload: z.unknown().meta({
    description: "What is written; of a record that could not be mapped, the CRM's own. A replay may change it.",
  }),
});

export const requestAnswerSchema = z.strictObject({
  requestId: z.string(),
  source: z.string(),
  state: z.enum(['open', 'done']),
  counts: z.partialRecord(z.enum(STATES), z.int()),
  operations: z.array(summarySchema),
  createdAt: isoTime,
});

export const acceptedSchema = z.strictObject({
  requestId: z.string().nullable(),
  statusUrl: z.string().nullable(),
  accepted: z.int(),
  operations: z.array(
    z.strictObject({
      // What became of it, where waiting was asked for and worked.
      ...summarySchema.partial().shape,
      index: z.int().meta({ description: 'Place of the record in the request.' }),
      operationId: z.string(),
      crmId: z.string().nullable(),
      key: z.string(),
      duplicateOf: z.string().nullable(),
    }),
  ),
  ignored: z
    .array(z.strictObject({ index: z.int(), crmId: z.string().nullable(), reason: z.string() }))
    .optional()
    .meta({ description: 'Records whose flow leaves them alone, such as an opportunity that is not won.' }),
  warnings: z
    .array(z.strictObject({ index: z.int(), warnings: z.array(z.looseObject({ code: z.string() })) }))
    .optional(),
});

export const operationsAnswerSchema = z.strictObject({
  operations: z.array(summarySchema),
  next: z.string().nullable(),
});
export const failuresAnswerSchema = z.strictObject({
  failures: z.array(z.strictObject({ ...summarySchema.shape, ...standingShape })),
  next: z.string().nullable(),
});
export const replayedSchema = z.strictObject({ replayed: z.int(), operationIds: z.array(z.string()) });

export const validatedSchema = z.strictObject({
  valid: z.boolean(),
  results: z.array(
    z.strictObject({
      index: z.int(),
      ok: z.boolean(),
      crmId: z.string().nullable(),
      recordType: z.string(),
      externalId: z.string(),
      flow: z.string().optional(),
      error: failureSchema.optional(),
      operation: z.unknown().optional(),
    }),
  ),
  ignored: z.array(z.strictObject({ index: z.int(), crmId: z.string().nullable(), reason: z.string() })),
  warnings: z.array(z.strictObject({ index: z.int(), warnings: z.array(z.looseObject({ code: z.string() })) })),
});

export const recordAnswerSchema = z.strictObject({
  recordType: z.string(),
  externalId: z.string(),
  account: z.string(),
  internalId: z.string().nullable(),
  aliases: z.array(z.string()),
  lastVersion: z.string().nullable(),
  appliedAt: isoTime.nullable(),
  openOperations: z.int(),
  lastOperation: summarySchema.nullable(),
});

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  retryable: z.boolean(),
  traceId: z.string(),
  operationId: z.string().optional(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string(), code: z.string().optional() })).optional(),
});

export const readinessSchema = z.strictObject({ status: z.string(), checks: z.record(z.string(), z.string()) });
