import * as z from 'zod';

const oauth2Schema = z
  .strictObject({
    type: z.literal('oauth2'),
    clientId: z.string().min(1),
    /** The certificate's id as shown at Setup > Integration > OAuth 2.0 Client Credentials Setup. */
    certificateId: z.string().min(1),
    privateKeyFile: z.string().optional(),
    /** The key itself, as `env:NAME` or `file:PATH`. */
    privateKey: z.string().optional(),
    /** The certificate that belongs to the key, PEM: only read for when it ends. */
    certificateFile: z.string().optional(),
    alg: z.enum(['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']).default('PS256'),
    scope: z.array(z.string()).default(['restlets']),
    /** Default: the account's own token endpoint under `baseUrl`. */
    tokenUrl: z.string().optional(),
    /** `aud` of the assertion, where it differs from the token endpoint. */
    audience: z.string().optional(),
  })
  .refine((auth) => (auth.privateKeyFile === undefined) !== (auth.privateKey === undefined), {
    error:
      'give privateKeyFile, or privateKey as env:NAME or file:PATH (`suiterelay keygen` makes a key and its certificate)',
  });

const tbaSchema = z.strictObject({
  type: z.literal('tba'),
  /** Default: the account id, upper case, `_` instead of `-`. */
  realm: z.string().optional(),
  consumerKey: z.string().min(1),
  consumerSecret: z.string().min(1),
  tokenId: z.string().min(1),
  tokenSecret: z.string().min(1),
  /** Day the token was made, ISO 8601: tokens have no end, so their age is watched. */
  issued: z.iso.date().optional(),
});

const concurrencySchema = z.strictObject({
  /** Requests in flight that the account allows, as in Setup > Integration > Integration Governance. */
  limit: z.int().min(1).max(200).default(5),
  /** Slots left to others. */
  headroom: z.int().min(0).default(0),
  /** What the integration record is allotted, if anything. */
  allotment: z.int().min(1).optional(),
});

const eventsSchema = z.strictObject({
  mode: z.enum(['pull', 'push']).default('pull'),
  everySeconds: z.number().positive().default(30),
  /** `whsec_…` secrets that sign pushed batches; two while a secret is rotated. */
  secrets: z.array(z.string().startsWith('whsec_', 'a signing secret begins with whsec_')).max(4).default([]),
});

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const netsuiteSchema = z.strictObject({
  /** As in the account's address: `1234567`, `1234567_SB1`, `TSTDRV…`. */
  account: z.string().regex(/^[A-Za-z0-9_-]+$/, 'is the account id, e.g. 1234567 or 1234567_SB1'),
  /** Default: `https://<account>.restlets.api.netsuite.com`. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  auth: z.discriminatedUnion('type', [oauth2Schema, tbaSchema], {
    error: (issue) =>
      `must have type "oauth2" (certificate) or "tba" (tokens); user and password (NLAuth) are not supported${issue.input === undefined ? '; it is missing' : ''}`,
  }),
  concurrency: concurrencySchema.prefault({}),
  events: eventsSchema.prefault({}),
  /** Time zone of the account, IANA name: instants of the CRM become days in it. */
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'is not a known time zone; write its IANA name, such as Europe/Berlin' })
    .default('UTC'),
  /** Values of this account that flows name by `setting`: forms, subsidiary, discount item, `externalIdSuffix` … */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** Units of the 5,000 a batch may use before it hands the rest back. */
  budgetUnits: z.int().positive().max(5000).optional(),
});

export type NetSuiteConfig = z.infer<typeof netsuiteSchema>;
