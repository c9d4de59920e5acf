import * as z from 'zod/mini';
import { recordTypeSchema } from './operation';

/** A record that configuration names: `by` is `text`, `externalId`, `internalId` or a field; for a form its record type. */
export const namedReferenceSchema = z.object({
  recordType: recordTypeSchema,
  by: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_]*$/)),
  value: z.string(),
});
/** Most names of one call. */
export const MOST_NAMES = 100;
export const namedReferencesSchema = z.array(namedReferenceSchema).check(z.maxLength(MOST_NAMES));

export type NamedReference = z.infer<typeof namedReferenceSchema>;
