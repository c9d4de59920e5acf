import * as z from 'zod';
import { ERROR_CLASSES } from '../../../contract';

const note = z.string().trim().min(1).max(1000);

/** Bodies of people's decisions on failures. */
export const actionSchemas = {
  replay: z
    .strictObject({
      edit: z
        .record(z.string(), z.unknown())
        .optional()
        .meta({ description: 'JSON merge patch (RFC 7396) over the payload.' }),
      payload: z.record(z.string(), z.unknown()).optional().meta({
        description:
          'The whole payload instead, as `GET /v1/failures/{id}` shows it: a merge patch can not set a value to null, which clears a field.',
      }),
      lane: z.enum(['realtime', 'bulk', 'replay']).optional(),
    })
    .refine(({ edit, payload }) => edit === undefined || payload === undefined, {
      error: 'give edit or payload, not both',
      path: ['payload'],
    }),
  resolve: z.strictObject({ note }),
  skip: z.strictObject({ note: note.optional() }),
  link: z.strictObject({ internalId: z.string().regex(/^-?\d+$/, 'is the internal id of a NetSuite record') }),
  bulkReplay: z.strictObject({
    filter: z
      .strictObject({
        account: z.string().optional(),
        source: z.string().optional(),
        object: z.string().optional(),
        recordType: z.string().optional(),
        state: z.enum(['review', 'dead']).optional(),
        crmId: z.string().optional(),
        externalId: z.string().toUpperCase().optional(),
        nsId: z.string().optional(),
        traceId: z.string().optional(),
        requestId: z.string().optional(),
        code: z.string().optional(),
        class: z.enum(ERROR_CLASSES).optional(),
      })
      .default({}),
    limit: z.int().min(1).max(10_000).default(1000),
  }),
};
