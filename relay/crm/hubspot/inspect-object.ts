import type { CrmFinding, WantedObject } from '../../delivery/crm-adapter';
import type { HubSpotClient } from './hubspot-client';
import { classifyHubSpot } from './hubspot-faults';

interface Property {
  name: string;
  hasUniqueValue?: boolean;
  modificationMetadata?: { readOnlyValue?: boolean };
}

const CREATE =
  'Run `suiterelay crm install --apply`, which makes the properties of crm/hubspot/properties (docs/connect-hubspot.md, step 2).';

/** Whether an object has the properties that flows touch, and those that records are found by are unique. */
export async function checkObject(
  client: HubSpotClient,
  name: string,
  { object, reads, writes, keys }: WantedObject,
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const subject = `${name}: ${object}`;
  let properties: Map<string, Property>;
  try {
    const { body } = await client.get(`/crm/v3/properties/${object}`, signal);
    properties = new Map((body as { results: Property[] }).results.map((one) => [one.name, one]));
  } catch (error) {
    const { message } = classifyHubSpot(error);
    const remedy =
      'Custom and commerce objects need the matching HubSpot subscription; switch their flows off without it.';
    return [{ level: 'bad', subject, message: `its properties can't be read: ${message}`, remedy }];
  }
  const findings: CrmFinding[] = [];
  const bad = (what: string, list: readonly string[], remedy: string): void => {
    if (list.length > 0) findings.push({ level: 'bad', subject, message: `${what}: ${list.join(', ')}`, remedy });
  };
  bad(
    'properties that flows write do not exist',
    [...writes].filter((one) => !properties.has(one)),
    CREATE,
  );
  bad(
    'properties that flows write are read-only',
    [...writes].filter((one) => properties.get(one)?.modificationMetadata?.readOnlyValue === true),
    'Take them out of the flow: HubSpot computes them.',
  );
  bad(
    'records can not be found by',
    [...keys].filter((one) => properties.has(one) && properties.get(one)?.hasUniqueValue !== true),
    'A property is unique from its creation or never: archive this one and run `suiterelay crm install --apply` (docs/connect-hubspot.md, step 2).',
  );
  const exists = (path: string): boolean => !path.startsWith('properties.') || properties.has(path.slice(11));
  const unread = reads.filter((list) => !list.some(exists)).map((list) => list.join(' or '));
  if (unread.length > 0) {
    const message = `not there, so never sent to NetSuite: ${unread.join(', ')}`;
    findings.push({ level: 'warn', subject, message, remedy: `${CREATE} Or leave them empty for good.` });
  }
  return findings.length > 0
    ? findings
    : [{ level: 'ok', subject, message: `${reads.length + writes.size} properties as the flows need them` }];
}
