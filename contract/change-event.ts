import * as z from 'zod/mini';
import { plainValueSchema } from './operation';

/** Change events, NetSuite to relay: CloudEvents 1.0 in batches (`application/cloudevents-batch+json`), signed as Standard Webhooks. */

export const eventChangeSchema = z.object({
  /** Body field id, or `sublist[key].field` for a keyed line. */
  field: z.string(),
  old: plainValueSchema,
  new: plainValueSchema,
});

export const changeDataSchema = z.object({
  recordType: z.string(),
  internalId: z.string(),
  externalId: z.nullable(z.string()),
  /** The cross-reference stamp of the record, when it carries one. */
  crmId: z.optional(z.nullable(z.string())),
  lastModified: z.nullable(z.string()),
  changes: z.array(eventChangeSchema),
  /** The changes were too many to carry: `changes` is empty, and the record has to be read again. */
  truncated: z.optional(z.boolean()),
  /** The stamps the record carried after the save: tells whose write this is. */
  origin: z.object({
    opId: z.nullable(z.string()),
    version: z.nullable(z.string()),
    hop: z.number(),
    /** True when the save itself set the stamp: it was an operation of the relay. */
    ownSave: z.boolean(),
    /** runtime.executionContext of the save. */
    context: z.string(),
    user: z.nullable(z.string()),
  }),
  /** Where the event comes from: the User Event, the sweep, a request of an administrator, or the end of a bulk load. */
  foundBy: z.enum(['capture', 'sweep', 'admin', 'job']),
  /** For requests of an administrator on a failed operation: what the relay is asked to do. */
  request: z.optional(
    z.object({ opId: z.string(), action: z.enum(['retry', 'resolve']), note: z.optional(z.string()) }),
  ),
  /** For the end of a bulk load: its results can be read now. */
  job: z.optional(
    z.object({ jobId: z.string(), state: z.enum(['done', 'failed']), counts: z.record(z.string(), z.int()) }),
  ),
});

export const changeEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  /** `/netsuite/<account>` */
  source: z.string(),
  /** `com.netsuite.<record>.<created|updated|deleted>.v1` */
  type: z.string().check(z.regex(/^com\.netsuite\.[a-z0-9_]+\.(created|updated|deleted)\.v1$/)),
  /** `<record type>/<internal id>` */
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  /** Internal id of the outbox row: grows, may have gaps, and is no proof of the order of commits. */
  sequence: z.string(),
  /** Events of one record share it; their order within it is kept. */
  partitionkey: z.string(),
  traceparent: z.optional(z.string()),
  data: changeDataSchema,
});

export const changeBatchSchema = z.array(changeEventSchema);

/** Answer of GET `customscript_srl_changes`. */
export const changesPageSchema = z.object({ events: changeBatchSchema, cursor: z.string(), more: z.boolean() });

/** Answer of POST `customscript_srl_changes`. */
export const acknowledgedSchema = z.object({
  acknowledged: z.int(),
  /** Whether publishing was started: it was asked for, no run is under way, and the role may start scripts. */
  publishing: z.optional(z.boolean()),
});

export type ChangeEvent = z.infer<typeof changeEventSchema>;
export type ChangeData = z.infer<typeof changeDataSchema>;
export type EventChange = z.infer<typeof eventChangeSchema>;
export type Acknowledged = z.infer<typeof acknowledgedSchema>;
export type ChangesPage = z.infer<typeof changesPageSchema>;
