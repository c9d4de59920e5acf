import * as z from 'zod';
import { CrmCallError } from '../http-call';
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

export interface PropertyPlan {
  /** Properties of a file that the portal lacks. */
  missing: PropertyFile['properties'];
  /** Those it has in another form, which is never changed: what stands in them would be lost. */
  different: string[];
}

interface Known {
  name: string;
  type: string;
  hasUniqueValue?: boolean;
}

/** Compares a portal with a file of the package. Throws `CrmCallError`. */
export async function planProperties(
  client: HubSpotClient,
  { object, properties }: PropertyFile,
  signal: AbortSignal,
): Promise<PropertyPlan> {
  const { body } = await client.get(`/crm/v3/properties/${object}`, signal);
  const known = new Map((body as { results: Known[] }).results.map((one) => [one.name, one]));
  return {
    missing: properties.filter(({ name }) => !known.has(name)),
    different: properties.flatMap(({ name, type, hasUniqueValue = false }) => {
      const there = known.get(name);
      if (!there) return [];
      if (there.type !== type) return [`${name} is of the type ${there.type}, not ${type}`];
      return hasUniqueValue && there.hasUniqueValue !== true ? [`${name} is not unique`] : [];
    }),
  };
}

/** Makes properties, and their group where it is not there. Throws `CrmCallError`. */
export async function makeProperties(
  client: HubSpotClient,
  object: string,
  inputs: PropertyFile['properties'],
  signal: AbortSignal,
): Promise<void> {
  for (const name of new Set(inputs.map(({ groupName }) => groupName))) {
    try {
      await client.post(`/crm/v3/properties/${object}/groups`, { name, label: 'NetSuite' }, signal);
    } catch (error) {
      // It may stand there from an earlier run.
      if (!(error instanceof CrmCallError) || error.status !== 409) throw error;
    }
  }
  await client.post(`/crm/v3/properties/${object}/batch/create`, { inputs }, signal);
}
