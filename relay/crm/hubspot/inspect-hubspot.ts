import type { CrmFinding, WantedObject } from '../../delivery/crm-adapter';
import type { HubSpotClient, HubSpotOptions } from './hubspot-client';
import { classifyHubSpot } from './hubspot-faults';

interface Property {
  name: string;
  hasUniqueValue?: boolean;
  modificationMetadata?: { readOnlyValue?: boolean };
}

const CREATE = 'Run `suiterelay crm install --apply`, which makes the properties of crm/hubspot/properties.';

/** What `suiterelay doctor` says of a portal: sign-in, scopes, and every object and property the flows touch. */
export async function inspectHubSpot(
  client: HubSpotClient,
  options: HubSpotOptions,
  wanted: readonly WantedObject[],
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const { name } = options;
  const findings: CrmFinding[] = [];
  try {
    const { body } = await client.get('/account-info/v3/details', signal);
    const { portalId } = body as { portalId: number };
    const how = options.token === undefined ? 'OAuth' : 'private app';
    findings.push({ level: 'ok', subject: `${name}: sign-in`, message: `${how}, portal ${portalId}` });
  } catch (error) {
    const { code, message } = classifyHubSpot(error);
    const remedy = 'Copy the token again: Settings > Integrations > Private Apps > Auth (docs/connect-hubspot.md).';
    return [{ level: 'bad', subject: `${name}: sign-in`, message: `${code}: ${message}`, remedy }];
  }
  if (options.token !== undefined) findings.push(await checkScopes(client, options, wanted, signal));
  for (const one of wanted.filter(({ object }) => !SETTINGS.has(object)))
    findings.push(...(await checkObject(client, name, one, signal)));
  return findings;
}

/** The portal's settings and its files have no properties. */
const SETTINGS = new Set(['exchange_rates', 'files']);

/** Objects whose scopes are not named like them. */
const SCOPE_OF: Readonly<Record<string, string>> = {
  products: 'e-commerce',
  tickets: 'tickets',
  files: 'files',
  notes: 'crm.objects.contacts.read',
};

async function checkScopes(
  client: HubSpotClient,
  { name, token }: HubSpotOptions,
  wanted: readonly WantedObject[],
  signal: AbortSignal,
): Promise<CrmFinding> {
  const subject = `${name}: scopes`;
  const path = '/oauth/v2/private-apps/get/access-token-info';
  const { body } = await client.post(path, { tokenKey: token }, signal);
  const { scopes } = body as { scopes: string[] };
  const needed = wanted.flatMap(({ object, reads, writes }) => {
    const scope = SCOPE_OF[object];
    if (scope !== undefined) return [scope];
    const read = reads.length > 0 || writes.size > 0 ? [`crm.objects.${object}.read`] : [];
    return writes.size > 0 ? [...read, `crm.objects.${object}.write`] : read;
  });
  const missing = [...new Set(needed)].filter((scope) => !scopes.includes(scope));
  return missing.length === 0 || scopes.length === 0
    ? { level: 'ok', subject, message: `${scopes.length} granted` }
    : {
        level: 'bad',
        subject,
        message: `missing: ${missing.join(', ')}`,
        remedy: 'Add them at Settings > Integrations > Private Apps > Scopes, and save the app.',
      };
}

async function checkObject(
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
    'A property is unique from its creation or never: archive this one and make it anew with unique values.',
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
