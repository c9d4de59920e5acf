import type { CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import type { WriteGroup } from '../group-by-target';
import type { HubSpotClient } from './hubspot-client';
import { classifyHubSpot } from './hubspot-faults';
import { writeBatches, type Outcomes } from './write-batches';

interface Option {
  label: string;
  value: string;
}
interface Property {
  type: string;
  fieldType: string;
  options?: Option[];
}

/** Writes a group; records that are refused for an option their flow has made get it made, and are written once more. */
export async function writeWithOptions(
  client: HubSpotClient,
  object: string,
  group: WriteGroup,
  signal: AbortSignal,
): Promise<Outcomes> {
  const outcomes = await writeBatches(client, object, group, signal);
  const lacking = group.items.filter(({ operationId, createOptions: fields = [] }) => {
    const outcome = outcomes.get(operationId);
    return fields.length > 0 && outcome?.ok === false && outcome.fault.code === 'INVALID_OPTION';
  });
  if (lacking.length === 0) return outcomes;
  const refused = await createOptions(client, object, lacking, signal);
  const items = lacking.filter(({ operationId }) => !refused.has(operationId));
  const again = await writeBatches(client, object, { ...group, items }, signal);
  return new Map([...outcomes, ...refused, ...again]);
}

/**
 * Makes the options that records were refused for; answers outcomes for those whose options could not be made, such as for want of a scope.
 * HubSpot takes the list of a property's options as a whole (properties API, "Update a property"), so it is read first.
 */
async function createOptions(
  client: HubSpotClient,
  object: string,
  items: readonly CrmWrite[],
  signal: AbortSignal,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const names = new Set(items.flatMap(({ createOptions: fields = [] }) => fields));
  for (const name of names) {
    const wanting = items.filter((item) => item.createOptions?.includes(name) && item.fields[name] != null);
    try {
      await addOptions(client, `/crm/v3/properties/${object}/${name}`, valuesOf(wanting, name), signal);
    } catch (error) {
      const refused: CrmWriteOutcome = { ok: false, fault: explain(error, object, name) };
      for (const { operationId } of wanting) outcomes.set(operationId, refused);
    }
  }
  return outcomes;
}

const valuesOf = (items: readonly CrmWrite[], name: string): string[] => items.map((item) => String(item.fields[name]));

async function addOptions(
  client: HubSpotClient,
  path: string,
  given: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { type, fieldType, options = [] } = (await client.get(path, signal)).body as Property;
  if (type !== 'enumeration') return;
  // Several values of a property of check boxes stand in one text.
  const values = given.flatMap((value) => (fieldType === 'checkbox' ? value.split(';') : [value]));
  const known = new Set(options.map(({ value }) => value));
  const missing = [...new Set(values)].filter((value) => value !== '' && !known.has(value));
  if (missing.length === 0) return;
  const made = missing.map((value) => ({ label: value, value, hidden: false }));
  await client.patch(path, { options: [...options, ...made] }, signal);
}

function explain(error: unknown, object: string, name: string): Extract<CrmWriteOutcome, { ok: false }>['fault'] {
  const fault = classifyHubSpot(error);
  return { ...fault, field: name, message: `No option could be added to ${name} of ${object}: ${fault.message}` };
}
