import * as z from 'zod';
import { ERROR_CLASSES } from '../../../contract';

const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('token'), token: z.string().min(1), scheme: z.string().default('Bearer') }),
  z.strictObject({
    type: z.literal('refreshToken'),
    tokenUrl: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    refreshToken: z.string().min(1),
    /** First word of the Authorization header: `Bearer`, `Zoho-oauthtoken`. */
    scheme: z.string().default('Bearer'),
  }),
]);

const method = z.enum(['POST', 'PUT', 'PATCH']);

/**
 * A CRM by configuration: where records are read and written, and where in its answers to look. In paths `{object}`, `{ids}` and
 * `{fields}` are replaced.
 */
export const restOptionsSchema = z.looseObject({
  name: z.string(),
  baseUrl: z.url({ protocol: /^https?$/ }),
  auth: authSchema,
  /** Reading by ids, several in a call. */
  read: z
    .strictObject({
      path: z.string(),
      /** Where the list of records stands in the answer. */
      records: z.string().default('data'),
      id: z.string().default('id'),
      batch: z.int().positive().default(100),
    })
    .optional(),
  write: z.strictObject({
    /** Writing records whose id is known. */
    update: z.strictObject({ method: method.default('PUT'), path: z.string() }),
    /** Writing records that are found by a field, and created when there is none. */
    upsert: z
      .strictObject({
        method: method.default('POST'),
        path: z.string(),
        /** Member of the body that names the field, as a list. */
        matchFields: z.string().optional(),
      })
      .optional(),
    records: z.string().default('data'),
    id: z.string().default('id'),
    batch: z.int().positive().default(100),
  }),
  /** The outcome of each record, in the order they were sent. */
  outcome: z.strictObject({
    records: z.string().default('data'),
    ok: z.strictObject({ path: z.string(), equals: z.string() }),
    created: z.strictObject({ path: z.string(), equals: z.string() }).optional(),
    id: z.string(),
    code: z.string().optional(),
    message: z.string().optional(),
    field: z.string().optional(),
  }),
  /** What its error codes mean; those that are not named are `data`. */
  errorClasses: z.record(z.string(), z.enum(ERROR_CLASSES)).default({}),
});

export type RestOptions = z.infer<typeof restOptionsSchema>;
