import * as z from 'zod';
import type { HubSpotClient } from './hubspot-client';

const propertySchema = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  groupName: z.string(),
  type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
  fieldType: z.string(),
  description: z.string(),
  hasUniqueValue: z.boolean().optional(),
});
const fileSchema = z.strictObject({ inputs: z.array(propertySchema) });

export interface PropertyFile {
  object: string;
  properties: z.infer<typeof propertySchema>[];
}

/** Reads one file of crm/hubspot/properties, named after its object. Throws `ZodError`. */
export const readPropertyFile = (object: string, text: string): PropertyFile => ({
  object,
  properties: fileSchema.parse(JSON.parse(text)).inputs,
});

/** Properties of a file that the portal lacks. */
export async function missingProperties(
  client: HubSpotClient,
  { object, properties }: PropertyFile,
  signal: AbortSignal,
): Promise<PropertyFile['properties']> {
  const { body } = await client.get(`/crm/v3/properties/${object}`, signal);
  const known = new Set((body as { results: { name: string }[] }).results.map(({ name }) => name));
  return properties.filter(({ name }) => !known.has(name));
}
