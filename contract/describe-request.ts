import * as z from 'zod/mini';

/** A record that configuration names: `by` is `text`, `externalId`, `internalId` or a field; for a form its record type. */
export const namedReferenceSchema = z.object({ recordType: z.string(), by: z.string(), value: z.string() });
/** Most names of one call. */
export const MOST_NAMES = 100;
export const namedReferencesSchema = z.array(namedReferenceSchema).check(z.maxLength(MOST_NAMES));

export type NamedReference = z.infer<typeof namedReferenceSchema>;
