import * as z from 'zod';

/**
 * What a key may do:
 * - upsert:   POST /v1/upserts, PUT /v1/records, /v1/validate, and sign-free hooks
 * - direct:   the same with records that are operations already (source `direct`)
 * - events:   POST /v1/events
 * - read:     operations, failures and records of its own source
 * - manage:   retry, cancel, replay, resolve, link, skip, edit for its own source
 * - admin:    all of it for every source, the console, lanes and slots
 */
export const KEY_ACTIONS = ['upsert', 'direct', 'events', 'read', 'manage', 'admin'] as const;
export type KeyAction = (typeof KEY_ACTIONS)[number];

const keySchema = z.strictObject({
  id: z.string().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'is the SHA-256 of the API key in hex (`suiterelay keygen --api-key` makes both)')
    .transform((hash) => hash.toLowerCase()),
  actions: z.array(z.enum(KEY_ACTIONS)).min(1).default(['upsert', 'read']),
  /** CRM objects the key may send; all when left out. */
  objects: z.array(z.string()).optional(),
  /** Day the key was made, ISO 8601: its age is watched. */
  issued: z.iso.date().optional(),
  /** ISO 8601; a key that is being replaced ends then. */
  expires: z.iso.datetime({ offset: true }).optional(),
});

const jwtSchema = z
  .strictObject({
    issuer: z.string().min(1),
    audience: z.string().min(1),
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    jwksFile: z.string().optional(),
    subject: z.string().optional(),
    algorithms: z.array(z.enum(['RS256', 'PS256', 'ES256', 'EdDSA'])).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
    /** Longest life of a token, in seconds. */
    maxAgeSeconds: z.int().positive().default(300),
    actions: z.array(z.enum(KEY_ACTIONS)).min(1).default(['upsert', 'read']),
  })
  .refine((jwt) => (jwt.jwksUrl === undefined) !== (jwt.jwksFile === undefined), {
    error: 'give jwksUrl or jwksFile, where the public keys are',
  });

const hubspotSchema = z.strictObject({
  /** The app's client secret; two while it is rotated. */
  clientSecrets: z.array(z.string().min(1)).min(1),
  portalId: z.union([z.int(), z.string()]).transform(String).optional(),
  /** Events with this `sourceId` are writes of our own. */
  appId: z.union([z.int(), z.string()]).transform(String).optional(),
  /** Allow v1 and v2 signatures, which cover neither time nor (v1) address. Off unless the app can't sign v3. */
  allowLegacySignatures: z.boolean().default(false),
});

const salesforceSchema = z.strictObject({
  /** 18-character ids of the organisations whose outbound messages are accepted. */
  organizationIds: z.array(z.string().regex(/^00D[A-Za-z0-9]{15}$/, 'is an 18-character organisation id, 00D…')).min(1),
  /** Outbound messages can't carry a header: this secret is the last part of their address. */
  pathSecrets: z.array(z.string().min(16, 'must have at least 16 characters')).min(1),
});

export const sourceSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'is a short name in lower case'),
  kind: z.enum(['salesforce', 'hubspot', 'generic', 'direct', 'admin']),
  /** The NetSuite account its records go to; the first one when left out. */
  account: z.string().optional(),
  /** The CRM (`crm[].name`) its records are read from when a notification names them; the one of its name or kind when left out. */
  crm: z.string().optional(),
  keys: z.array(keySchema).default([]),
  jwt: jwtSchema.optional(),
  hubspot: hubspotSchema.optional(),
  salesforce: salesforceSchema.optional(),
  /** `whsec_…` secrets for POST /v1/hooks/standard/<name>. */
  signingSecrets: z.array(z.string().startsWith('whsec_', 'a signing secret begins with whsec_')).default([]),
  /** Share of this source against others in the same lane. */
  weight: z.number().positive().default(1),
  /** Operations of this source waiting in the bulk lane from which a bulk job is made of them; default: `bulkJobs.above`. */
  bulkJobsAbove: z.int().positive().optional(),
});

export type SourceConfig = z.infer<typeof sourceSchema>;
export type ApiKeyConfig = SourceConfig['keys'][number];
export type JwtConfig = NonNullable<SourceConfig['jwt']>;
