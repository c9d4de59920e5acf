import * as z from 'zod';

/** Records of one write. Salesforce takes many as a bulk job, so it gets them together. */
const BATCH = { salesforce: 5_000, other: 100 };

/** A CRM that changes of NetSuite are written to. What else it holds is the adapter's matter. */
export const crmShape = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'is a short name in lower case'),
  kind: z.enum(['salesforce', 'hubspot', 'rest', 'webhook']),
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Day its token or client secret was made, ISO 8601: the age is watched. */
  secretIssued: z.iso.date().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** For webhooks: NetSuite record types whose changes are sent; all when left out. */
  recordTypes: z.array(z.string()).optional(),
  /** For webhooks: send the saves of the relay itself too. */
  ownWrites: z.boolean().default(false),
  /** Host names that may resolve to private addresses, named one by one. */
  allowPrivateHosts: z.array(z.string()).default([]),
  /** Requests per second, and in flight. */
  limits: z
    .strictObject({
      perSecond: z.number().positive().default(10),
      inFlight: z.int().positive().default(4),
      batch: z.int().positive().optional(),
    })
    .prefault({}),
  /** Asks the CRM what changed, beside what it tells by itself: a webhook can be lost. Off when left out. */
  poll: z
    .strictObject({
      everySeconds: z.number().min(5).default(300),
      /** A change may become visible later than its time says; so much is read again. */
      overlapSeconds: z.number().min(0).default(300),
    })
    .optional(),
  /** Salesforce: follow Change Data Capture, for the objects that are selected for it in the org. */
  stream: z.boolean().default(false),
  /** `whsec_…` secrets a webhook is signed with: the first signs, the second too while it is rotated. */
  signingSecrets: z.array(z.string().startsWith('whsec_', 'a signing secret begins with whsec_')).max(2).default([]),
});

export const crmSchema = crmShape.transform((crm) => ({
  ...crm,
  limits: { ...crm.limits, batch: crm.limits.batch ?? (crm.kind === 'salesforce' ? BATCH.salesforce : BATCH.other) },
}));

export const deliverySchema = z.strictObject({
  /** Delays between attempts, in seconds. The default spreads 12 attempts over 34 hours. */
  retrySeconds: z
    .array(z.number().positive())
    .min(1)
    .default([5, 30, 120, 600, 1800, 3600, 7200, 14_400, 21_600, 28_800, 43_200])
    .refine((delays) => delays.reduce((sum, delay) => sum + delay, 0) >= 86_400, {
      error: 'must span at least 24 hours (86400 s) together: a CRM that is down over night must not lose events',
    }),
  timeoutMs: z.int().positive().default(30_000),
});

export type CrmConfig = z.infer<typeof crmSchema>;
export type DeliveryConfig = z.infer<typeof deliverySchema>;
