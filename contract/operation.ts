import * as z from 'zod/mini';

/**
 * When a field may be written onto a record that exists already:
 * - always:     whenever the wanted value differs
 * - onCreate:   only when this operation creates the record
 * - ifEmpty:    only while NetSuite holds nothing in it
 * - whileStage: only while the record's stage (`LEAD`, `PROSPECT`, `CUSTOMER`) is one of `stages`
 */
export const WRITE_MODES = ['always', 'onCreate', 'ifEmpty', 'whileStage'] as const;

export const ACTIONS = ['upsert', 'update', 'create', 'inactivate', 'delete', 'transform'] as const;

/**
 * What a record or a line is known by stands on one line: a text field keeps no control characters, so that what was written with one would never be
 * found again.
 */
const oneLine = z.refine<string>((text) => !/\p{Cc}/u.test(text), {
  error: 'holds a line break or another control character',
});

/** NetSuite compares external ids without case; one case everywhere makes equality plain text equality. */
export const externalIdSchema = z.pipe(
  z.string().check(z.trim(), z.minLength(1), z.maxLength(255), oneLine),
  z.transform((id) => id.toUpperCase()),
);

/** 16 digits, growing per record key: compares as text. */
export const versionSchema = z.string().check(z.regex(/^\d{16}$/));

const idSchema = z.string().check(z.minLength(1), z.maxLength(64));
/**
 * A record type, field, sublist or column: these become part of queries, so nothing else may stand in them. Of the names that every object
 * has, `constructor` alone looks like one; a table of ours asked for it would answer a function.
 */
const NAME = /^(?!constructor$)[a-z][a-z0-9_]*$/;
export const recordTypeSchema = z.string().check(z.regex(NAME));
const nameSchema = z.string().check(z.regex(NAME));

/** A reference to another record: by internal id, external id, a named key field, or the text NetSuite shows for it. */
export const referenceSchema = z.object({
  recordType: recordTypeSchema,
  internalId: z.optional(z.string()),
  externalId: z.optional(externalIdSchema),
  key: z.optional(z.object({ field: nameSchema, value: z.string() })),
  text: z.optional(z.string()),
});

export const plainValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/**
 * One wanted value. Absent = leave alone; `null` or `''` = clear. Exactly one of `value`, `text`, `ref`.
 * `as` says how a text is to be read: `date` is `YYYY-MM-DD` and never shifts with a time zone, `datetime` is ISO 8601 with zone.
 */
export const fieldValueSchema = z
  .object({
    value: z.optional(plainValueSchema),
    text: z.optional(z.string()),
    ref: z.optional(referenceSchema),
    as: z.optional(z.enum(['date', 'datetime'])),
    write: z._default(z.enum(WRITE_MODES), 'always'),
    stages: z.optional(z.array(z.enum(['LEAD', 'PROSPECT', 'CUSTOMER']))),
    /** Written only while NetSuite holds this: what an undo takes back nobody must have changed since. */
    expected: z.optional(plainValueSchema),
    /** Cut the text to the field's length and say so, instead of failing. */
    truncate: z.optional(z.boolean()),
    /** Read back after the save and compare: for fields that must not be dropped silently. */
    verify: z.optional(z.boolean()),
    /** For a reference that NetSuite does not have: fail the operation (default), or leave the field out and warn. */
    whenMissing: z.optional(z.enum(['fail', 'skip'])),
    /** Used with a warning instead of a `ref` that NetSuite does not have, or that is inactive there. */
    fallback: z.optional(referenceSchema),
    /** Who owns the field, for the record of changes. */
    owner: z.optional(z.string()),
  })
  .check(
    z.refine((field) => [field.value, field.text, field.ref].filter((given) => given !== undefined).length === 1, {
      error: 'give exactly one of value, text, ref',
    }),
  );

export const fieldsSchema = z.record(nameSchema, fieldValueSchema);

export const subrecordSchema = z.object({ fields: fieldsSchema });

export const lineSchema = z.object({
  /** Value of the sublist's `keyField`: the line's identity, for ever. */
  key: z.string().check(z.minLength(1), oneLine),
  fields: fieldsSchema,
  subrecords: z.optional(z.record(nameSchema, subrecordSchema)),
});

export const sublistSchema = z.object({
  /** Column that carries `key`: `custcol_srl_line_key`, or `label` for addresses. */
  keyField: nameSchema,
  /** `merge` leaves keyed lines that are not given; `replace` removes them. Lines without a key are always left alone. */
  mode: z.enum(['merge', 'replace']),
  lines: z.array(lineSchema),
  /** A given line that is fulfilled or billed and would have to shrink or go: send to review, close it, or leave it. */
  whenFulfilled: z.optional(z.enum(['review', 'close', 'skip'])),
});

/** Another way to find the record, tried in the order given, after internal id, external id and CRM id. */
export const matchSchema = z.object({
  /** A body field, or `domain`: the domain of web address or e-mail, whichever of the two holds it. */
  field: nameSchema,
  value: z.string().check(z.minLength(1)),
  /** `candidate` never links by itself: one or more hits send the operation to review. */
  strength: z.enum(['exact', 'candidate']),
  /** Further fields that must be equal too, e.g. the customer of a contact. */
  within: z.optional(z.record(nameSchema, z.union([z.string(), referenceSchema]))),
});

export const keySchema = z.object({
  externalId: externalIdSchema,
  /** As stored in the cross-reference; verified before it is trusted. */
  internalId: z.optional(z.string()),
  crmId: z.optional(z.string().check(oneLine)),
  match: z.optional(z.array(matchSchema)),
});

export const requirementSchema = z.object({ recordType: recordTypeSchema, externalId: externalIdSchema });

/** An amount as text, so that no binary fraction ever touches it: `1234.50`. */
export const decimalSchema = z.string().check(z.regex(/^-?\d{1,15}(\.\d{1,8})?$/));

/**
 * What the CRM holds as the sum of a transaction, in the transaction's currency. Totals are never written; after the save NetSuite's own
 * figure is compared with it, and a difference beyond the tolerance is told with both figures.
 */
export const expectedTotalSchema = z.object({
  amount: decimalSchema,
  /** `net`: all lines and discounts, without tax and shipping. `total`: what the customer is asked for. */
  of: z._default(z.enum(['net', 'total']), 'net'),
  /** The greater of the given ones counts; default 0.01 for each line, because each line rounds by itself. */
  tolerance: z.optional(
    z.object({
      perLine: z.optional(decimalSchema),
      /** Of `amount`: `0.1` is one in a thousand. */
      percent: z.optional(decimalSchema),
    }),
  ),
  /** `review`: a person looks at the saved record. `warn`: the answer carries a warning. */
  whenDifferent: z._default(z.enum(['review', 'warn']), 'review'),
});

/** Content of a file: as text where the file holds UTF-8 text, otherwise base64. */
export const fileContentSchema = z.object({ encoding: z.enum(['utf8', 'base64']), data: z.string() });

/** The file that an operation of the type `file` puts into the File Cabinet. */
export const wantedFileSchema = z.object({
  /** Where the relay reads the content from, right before the call: name of the CRM, and the id by which it hands the content out. */
  source: z.object({ crm: z.string(), id: z.string().check(z.minLength(1)) }),
  /** Size in bytes, as the CRM tells it. */
  bytes: z.int().check(z.gte(0)),
  /** Folder at the top of the File Cabinet; made when it is not there. */
  folder: z.string().check(z.minLength(1), z.maxLength(100)),
  content: z.optional(fileContentSchema),
});

export const operationSchema = z.object({
  opId: idSchema,
  version: versionSchema,
  recordType: recordTypeSchema,
  action: z.enum(ACTIONS),
  key: keySchema,
  /** Internal id or script id of the form; set before anything else. */
  customForm: z.optional(z.string()),
  fields: z._default(fieldsSchema, {}),
  sublists: z.optional(z.record(nameSchema, sublistSchema)),
  subrecords: z.optional(z.record(nameSchema, subrecordSchema)),
  /** Records that must exist before anything is written. */
  requires: z.optional(z.array(requirementSchema)),
  /** The complete projection of its flow: may overtake older operations of its key. */
  full: z.optional(z.boolean()),
  /** How many times the change has crossed between the systems. */
  hop: z._default(z.int().check(z.gte(0)), 0),
  /** For `transform`: the record it is made from. */
  from: z.optional(referenceSchema),
  /** The flow lets a currency that the customer lacks be added to the customer. */
  addCurrency: z.optional(z.boolean()),
  /** For transactions: the total to compare with after the save. */
  expectedTotal: z.optional(expectedTotalSchema),
  /**
   * For sales orders: once one is approved in NetSuite, only these body fields, sublists and subrecords are still written; the rest is
   * skipped as `afterApproval`.
   */
  afterApproval: z.optional(z.object({ allow: z.array(z.string()) })),
  /** For the type `file` alone. */
  file: z.optional(wantedFileSchema),
  /** Records that the file is attached to; what it is attached to otherwise stays. */
  attachTo: z.optional(z.array(referenceSchema).check(z.maxLength(20))),
});

export type WriteMode = (typeof WRITE_MODES)[number];
export type Action = (typeof ACTIONS)[number];
export type Reference = z.infer<typeof referenceSchema>;
export type PlainValue = z.infer<typeof plainValueSchema>;
export type FieldValue = z.infer<typeof fieldValueSchema>;
export type FieldValues = z.infer<typeof fieldsSchema>;
export type Line = z.infer<typeof lineSchema>;
export type Sublist = z.infer<typeof sublistSchema>;
export type Match = z.infer<typeof matchSchema>;
export type RecordKey = z.infer<typeof keySchema>;
export type ExpectedTotal = z.infer<typeof expectedTotalSchema>;
export type FileContent = z.infer<typeof fileContentSchema>;
export type WantedFile = z.infer<typeof wantedFileSchema>;
export type Requirement = z.infer<typeof requirementSchema>;
export type Operation = z.infer<typeof operationSchema>;
