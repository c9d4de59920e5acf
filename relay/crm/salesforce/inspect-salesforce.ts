import type { CrmFinding, WantedObject } from '../../delivery/crm-adapter';
import type { ObjectShape } from './build-query';
import { ADDED_TO_CONTENT } from './read-content';
import type { SalesforceClient, SalesforceOptions } from './salesforce-client';
import { classifySalesforce } from './salesforce-faults';

const DEPLOY =
  'Deploy crm/salesforce to the org and give the user the permission set SuiteRelay_Integration (docs/connect-salesforce.md).';
const SIGN_IN_REMEDY: Readonly<Record<SalesforceOptions['auth']['type'], string>> = {
  jwt: 'Compare consumer key, username, audience and certificate with the connected app; the user must be pre-authorised by profile or permission set.',
  clientCredentials: 'Compare consumer key and secret with the connected app; client credentials need a run-as user.',
  refreshToken:
    'Sign in by the browser once more and configure the new refresh token (docs/connect-salesforce.md, step 3): it was revoked, ended for want of use, or is of another app.',
};
/** Salesforce keeps a version for three years; a new one comes with each of the three releases of a year. */
const VERSIONS_KEPT = 9;

/** What `suiterelay doctor` says of an org: sign-in, version, limits, and every object and field the flows touch. */
export async function inspectSalesforce(
  client: SalesforceClient,
  options: SalesforceOptions,
  wanted: readonly WantedObject[],
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const { name, auth } = options;
  try {
    const first = await signIn(client, options, signal);
    const findings = [{ level: 'ok' as const, subject: `${name}: sign-in`, message: first }];
    return [
      ...findings,
      ...(await checkVersion(client, options, signal)),
      ...checkLimits(client, name),
      ...(await Promise.all(wanted.map((one) => checkObject(client, name, one, signal)))).flat(),
    ];
  } catch (error) {
    const { code, message } = classifySalesforce(error);
    return [
      { level: 'bad', subject: `${name}: sign-in`, message: `${code}: ${message}`, remedy: SIGN_IN_REMEDY[auth.type] },
    ];
  }
}

async function signIn(client: SalesforceClient, { auth }: SalesforceOptions, signal: AbortSignal): Promise<string> {
  const soql = 'SELECT Id, Name, IsSandbox FROM Organization';
  for await (const [org] of client.query(soql, signal)) {
    const kind = org?.['IsSandbox'] === true ? 'sandbox' : 'production';
    return `${auth.type}, ${String(org?.['Name'])} (${String(org?.['Id'])}, ${kind})`;
  }
  return auth.type;
}

async function checkVersion(
  client: SalesforceClient,
  { name, apiVersion }: SalesforceOptions,
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const subject = `${name}: API version`;
  const { body } = await client.call('GET', '/services/data/', {}, signal);
  const versions = (body as { version: string }[]).map(({ version }) => Number(version));
  const used = Number(apiVersion.slice(1));
  const newest = Math.max(...versions);
  if (!versions.includes(used)) {
    const remedy = `Set apiVersion to one the org has; the newest is v${newest}.0.`;
    return [{ level: 'bad', subject, message: `the org does not offer ${apiVersion}`, remedy }];
  }
  return newest - used >= VERSIONS_KEPT
    ? [
        {
          level: 'warn',
          subject,
          message: `${apiVersion} is about to end`,
          remedy: `Move to v${newest}.0 in a sandbox first.`,
        },
      ]
    : [{ level: 'ok', subject, message: `${apiVersion}; the newest is v${newest}.0` }];
}

function checkLimits(client: SalesforceClient, name: string): CrmFinding[] {
  const use = client.dailyUse;
  if (!use) return [];
  const subject = `${name}: API calls`;
  const message = `${use.used} of ${use.of} used today`;
  return use.used > use.of * 0.8
    ? [{ level: 'warn', subject, message, remedy: 'Find who uses them (Setup > Company Information > API Usage).' }]
    : [{ level: 'ok', subject, message }];
}

async function checkObject(
  client: SalesforceClient,
  name: string,
  { object, reads, writes, keys }: WantedObject,
  signal: AbortSignal,
): Promise<CrmFinding[]> {
  const subject = `${name}: ${object}`;
  let shape: ObjectShape;
  try {
    shape = await client.shapeOf(object, signal);
  } catch (error) {
    const { message } = classifySalesforce(error);
    const remedy = `${DEPLOY} An object of a feature that is off needs its flow switched off.`;
    return [{ level: writes.size > 0 ? 'bad' : 'warn', subject, message: `can't be described: ${message}`, remedy }];
  }
  const { fields } = shape;
  const names = (set: ReadonlySet<string>, test: (field: string) => boolean): string[] =>
    [...set].filter((field) => !field.includes('.') && test(field));
  const bad = (what: string, list: readonly string[], remedy: string): CrmFinding[] =>
    list.length === 0 ? [] : [{ level: 'bad', subject, message: `${what}: ${list.join(', ')}`, remedy }];
  const findings = [
    ...bad(
      'fields that flows write are missing or hidden from the user',
      names(writes, (one) => !fields.has(one)),
      DEPLOY,
    ),
    ...bad(
      'fields that flows write are computed or read-only for the user',
      names(writes, (one) => fields.get(one)?.writable === false),
      'Give the user edit access (field-level security), or take the field out of the flow: a formula can never be written.',
    ),
    ...bad(
      'records can not be found by',
      names(keys, (one) => one.endsWith('__c') && fields.has(one) && !fields.get(one)!.externalId),
      'Make it an External ID, unique: Setup > Object Manager > field > Edit.',
    ),
  ];
  const exists = (path: string): boolean => {
    const [first = ''] = path.split('.');
    return /Address\./.test(path) || ADDED_TO_CONTENT.has(first) || fields.has(first) || shape.relationships.has(first);
  };
  const unread = reads.filter((list) => !list.some(exists)).map((list) => list.join(' or '));
  if (unread.length > 0) {
    const message = `not there, so never sent to NetSuite: ${unread.join(', ')}`;
    findings.push({ level: 'warn', subject, message, remedy: `${DEPLOY} Or leave the fields empty for good.` });
  }
  return findings.length > 0
    ? findings
    : [{ level: 'ok', subject, message: `${reads.length + writes.size} fields as the flows need them` }];
}
