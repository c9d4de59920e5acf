import * as z from 'zod';
import { READ_PAGES, WRITE_MODES } from '../contract';

/**
 * One flow as data. TypeScript (`defineFlow`), YAML and JSON all go through this schema, so a flow written by an administrator is
 * checked exactly like one that ships.
 */

const STAGES = ['LEAD', 'PROSPECT', 'CUSTOMER'] as const;

/** Dotted path into the source record; of a list, the first path that is present counts. */
const pathSchema = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** A named transform, alone or with its arguments: `country` or `{ name: picklist, table: {…} }`. */
const transformSchema = z.union([z.string().min(1), z.looseObject({ name: z.string().min(1) })]);
const transformsSchema = z.union([transformSchema, z.array(transformSchema)]);

/** Who decides a value: one system for ever, or the CRM up to a lifecycle stage and NetSuite from then on. */
export const ownerSchema = z.union([
  z.enum(['crm', 'netsuite', 'relay']),
  z.strictObject({ crmWhile: z.array(z.enum(STAGES)).min(1), then: z.literal('netsuite') }),
]);

/** How a value names another NetSuite record. */
const referenceUseSchema = z.strictObject({
  recordType: z.string().min(1),
  /** `externalId` (with `prefix`), `internalId`, `text`, or the field that holds the value, such as `symbol` or `itemid`. */
  by: z.string().min(1),
  prefix: z.string().optional(),
  /** What happens when NetSuite has no such record: fail the operation, or leave the field out and warn. */
  whenMissing: z.enum(['fail', 'skip']).default('fail'),
  /** Name of a setting whose value is used, with a warning, when NetSuite has no such record: the default sales rep. */
  fallback: z.string().min(1).optional(),
});

export const fieldMapSchema = z.strictObject({
  to: z.string().min(1),
  from: pathSchema.optional(),
  constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** Name of a setting of the environment whose value is used; without a value the field is left out. */
  setting: z.string().optional(),
  owner: ownerSchema,
  write: z.enum(WRITE_MODES).default('always'),
  stages: z.array(z.enum(STAGES)).optional(),
  transform: transformsSchema.optional(),
  reference: referenceUseSchema.optional(),
  as: z.enum(['date', 'datetime']).optional(),
  truncate: z.boolean().optional(),
  verify: z.boolean().optional(),
  /** A source that leaves it out is complete all the same: what only the relay's own reading adds. */
  optional: z.boolean().optional(),
  /** Absent or empty is a problem. */
  required: z.boolean().optional(),
  /** Written only in environments that have this setting: a CRM with one currency has no field for it. */
  onlyWith: z.string().optional(),
  /** Says when, not what: a change of it alone is no reason to write a CRM record. */
  stamp: z.boolean().optional(),
  /** For flows towards a CRM: the value names a record of the CRM by this field; its id is written, where exactly one active record has it. */
  lookup: z.strictObject({ object: z.string().min(1), by: z.string().min(1) }).optional(),
  /** What a source value of null means: clear the field (default), or leave it alone. */
  whenNull: z.enum(['clear', 'leave']).default('clear'),
  /** An edit by the side that does not own the field: written down and left (default), or put before a person. */
  foreignEdit: z.enum(['ignore', 'review']).default('ignore'),
});

const addressSchema = z.strictObject({
  /** Label in the address book of an entity, or the subrecord of a transaction (`billingaddress`). */
  label: z.string().min(1),
  street: pathSchema,
  street2: pathSchema.optional(),
  city: pathSchema,
  state: pathSchema.optional(),
  zip: pathSchema,
  country: pathSchema,
  defaultBilling: z.boolean().default(false),
  defaultShipping: z.boolean().default(false),
  owner: ownerSchema,
  write: z.enum(WRITE_MODES).default('always'),
  stages: z.array(z.enum(STAGES)).optional(),
});

const discountSchema = z.strictObject({
  percent: pathSchema.optional(),
  amountPerUnit: pathSchema.optional(),
  /** `net` lowers the rate; `line` adds a line with the discount item (setting `discountItem`) right below. */
  mode: z.enum(['net', 'line']).default('net'),
});

const linesSchema = z.strictObject({
  sublist: z.string().min(1),
  from: pathSchema,
  keyField: z.string().min(1),
  key: pathSchema,
  keyTransform: transformsSchema.optional(),
  order: pathSchema.optional(),
  mode: z.enum(['merge', 'replace']).default('replace'),
  whenFulfilled: z.enum(['review', 'close', 'skip']).default('review'),
  fields: z.array(fieldMapSchema).min(1),
  discount: discountSchema.optional(),
  /** Line paths that must equal a path of the record, e.g. the currency. */
  sameAs: z.array(z.strictObject({ line: z.string().min(1), record: z.string().min(1) })).optional(),
  /** Fewer lines than this is a problem. */
  atLeast: z.number().int().min(0).default(0),
});

const whenSchema = z.strictObject({
  setting: z.string().min(1),
  equals: z.union([z.string(), z.boolean(), z.number()]),
});

const conditionSchema = z.strictObject({
  from: pathSchema.optional(),
  equals: z.union([z.string(), z.boolean(), z.number()]).optional(),
  oneOf: z.array(z.string()).optional(),
  startsWith: z.string().optional(),
  /** Name of a setting whose value stands in for `equals` where the environment has it. */
  setting: z.string().optional(),
  present: z.boolean().optional(),
  /** Only a record that another one needs, or that NetSuite has already: accounts of won business, instead of all of them. */
  needed: z.literal(true).optional(),
  /** The condition holds only where a setting of the environment has this value. */
  when: whenSchema.optional(),
});

/** Where a flow towards a CRM reads: a page of what NetSuite owns, on its cadence and, by `onEvent`, when a record of it changed. */
const sourceSchema = z.strictObject({
  page: z.enum(READ_PAGES),
  onEvent: z.boolean().default(false),
});

/**
 * For flows of the page `entitlements`: the CRM records, such as cases, that are given what NetSuite knows of their customer when they are
 * created or changed.
 */
const asksSchema = z.strictObject({
  /** Path in the CRM record to the account it belongs to. */
  customer: pathSchema,
  transform: transformsSchema.optional(),
  /** Prefix of the customer's external id. */
  prefix: z.string().min(1),
});

/** A CRM record that the written one is associated with. */
const associateSchema = z.strictObject({
  object: z.string().min(1),
  from: pathSchema,
  transform: transformsSchema.optional(),
});

/** For flows to `file`: the file of the CRM that goes into the File Cabinet. */
const fileSchema = z.strictObject({
  /** Path of the id by which the CRM hands out the content: a new version has a new one. */
  content: pathSchema,
  /** Path of its size in bytes. */
  bytes: pathSchema,
  /** Folder at the top of the File Cabinet; the setting `filesFolder` of the environment takes its place. */
  folder: z.string().min(1).max(100).default('CRM Files'),
});

/** Records that a file is attached to: a path to one id or to a list of them. */
const attachSchema = z.strictObject({
  recordType: z.string().min(1),
  prefix: z.string().min(1),
  from: pathSchema,
  transform: transformsSchema.optional(),
});

const cadenceSchema = z.union([
  z.strictObject({ kind: z.literal('realtime') }),
  z.strictObject({ kind: z.literal('microBatch'), everySeconds: z.number().positive() }),
  z.strictObject({ kind: z.literal('schedule'), cron: z.string().min(1), timeZone: z.string().default('UTC') }),
  z.strictObject({ kind: z.literal('onCommand') }),
]);

export const flowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/),
  /** Number in the catalogue of flows, `F1` … `F28`. */
  number: z.string().optional(),
  title: z.string().min(1),
  crm: z.string().min(1),
  object: z.string().min(1),
  direction: z.enum(['toNetSuite', 'toCrm']),
  recordType: z.string().regex(/^[a-z][a-z0-9_]*$/),
  enabled: z.boolean().default(true),
  phase: z.number().int().min(1).max(3).default(1),
  action: z.enum(['upsert', 'update', 'create', 'inactivate']).default('upsert'),
  cadence: cadenceSchema.default({ kind: 'realtime' }),
  /** Records that do not meet it are left alone; that is no failure. */
  gate: z.array(conditionSchema).optional(),
  /** Never written by itself: a person decides. */
  reviewOnly: z.boolean().default(false),
  /** Path of the record's version at its source, an instant; the CRMs' own one when left out. */
  sourceVersion: pathSchema.optional(),
  /** For flows towards a CRM: the page that is read; without it the flow lives by change events alone. */
  source: sourceSchema.optional(),
  asks: asksSchema.optional(),
  /** For flows towards a CRM: a record that the CRM lacks is created. Off: what is to be written waits for it. */
  create: z.boolean().default(false),
  /** Prefix of the external id that NetSuite's record is given once the CRM has created its own: the two are linked from then on. */
  linkBack: z.string().min(1).optional(),
  file: fileSchema.optional(),
  attachTo: z.array(attachSchema).default([]),
  associate: z.array(associateSchema).default([]),
  /** Attempts of a record's operation that count before its failure is final. Default 8 towards NetSuite; towards a CRM `delivery.retrySeconds` says. */
  attempts: z.number().int().min(1).max(100).optional(),
  /** Who looks after its failures: a name or address, shown with each and told by alerts. */
  responsible: z.string().min(1).optional(),
  /** Longest time, in hours, in which something should come through it; afterwards an alert tells that it is quiet. Never when left out. */
  quietAfterHours: z.number().positive().optional(),
  /** In force only in environments that have this setting, such as `multiCurrency`. */
  onlyWith: z.string().optional(),
  key: z.strictObject({
    prefix: z.string().regex(/^\w+$/),
    from: pathSchema,
    transform: transformsSchema.optional(),
    /** Where the key names another record, such as the deal of an order: path of the record's own id, which is told what became of it. */
    ownId: pathSchema.optional(),
    /**
     * Towards NetSuite: path of the internal id that the CRM has stored, the first key a record is looked for by. NetSuite's record counts
     * only when it is linked to this CRM record, or to none.
     */
    internalId: pathSchema.optional(),
    /** Towards a CRM: the CRM id of a record whose external id is another application's. */
    linked: z.strictObject({ from: pathSchema, transform: transformsSchema }).optional(),
  }),
  match: z
    .array(
      z.strictObject({
        field: z.string().min(1),
        from: pathSchema,
        transform: transformsSchema.optional(),
        strength: z.enum(['exact', 'candidate']),
        /** Only among records whose field holds what this flow maps to it. */
        within: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  /** The form that is set first. `demanded`: a set of flows whose environment gives the setting no value does not load. */
  customForm: z
    .strictObject({ setting: z.string().optional(), from: pathSchema.optional(), demanded: z.boolean().default(false) })
    .optional(),
  fields: z.array(fieldMapSchema).default([]),
  addresses: z.array(addressSchema).default([]),
  lines: z.array(linesSchema).default([]),
  requires: z
    .array(
      z.strictObject({
        recordType: z.string().min(1),
        prefix: z.string().min(1),
        from: pathSchema,
        transform: transformsSchema.optional(),
        /** Absent is a problem; otherwise nothing is required then. */
        mandatory: z.boolean().default(false),
      }),
    )
    .default([]),
  /** How long a record may wait for what it requires before a person is asked, in ms. Default 24 h. */
  waitMs: z.number().int().positive().default(86_400_000),
  addCurrency: z.boolean().optional(),
  /** The CRM's own total, to be compared with NetSuite's after the save; never written. */
  expectedTotal: z
    .strictObject({
      from: pathSchema,
      of: z.enum(['net', 'total']).default('net'),
      whenDifferent: z.enum(['review', 'warn']).default('warn'),
    })
    .optional(),
  /** Sales orders: what may still be changed once NetSuite has approved one; left out, everything as the fields' owners say. */
  afterApproval: z.strictObject({ allow: z.array(z.string()), when: whenSchema.optional() }).optional(),
  /** Who agreed to the conflict rules of a flow that writes back what another flow reads; without it such a flow does not load. */
  conflictRules: z.strictObject({ confirmedBy: z.string().min(1), confirmedOn: z.iso.date() }).optional(),
  /** A record with more lines than this goes with the loads, so that it keeps no single record waiting. */
  bulkAbove: z.strictObject({ lines: z.number().int().positive() }).optional(),
});

export type FlowInput = z.input<typeof flowSchema>;
export type Flow = z.output<typeof flowSchema>;
export type FieldMap = z.output<typeof fieldMapSchema>;
export type Owner = z.output<typeof ownerSchema>;
export type AddressMap = z.output<typeof addressSchema>;
export type LinesMap = z.output<typeof linesSchema>;
export type TransformUse = z.output<typeof transformsSchema>;
export type When = z.output<typeof whenSchema>;
export type Cadence = z.output<typeof cadenceSchema>;
export type Condition = z.output<typeof conditionSchema>;
export type PathUse = z.output<typeof pathSchema>;
