import type { CrmFinding, ExpectedCrm, WantedObject } from '../../delivery/crm-adapter';
import { explainSignIn } from './explain-sign-in';
import { checkObject } from './inspect-object';
import { inspectUsers } from './inspect-users';
import type { SalesforceClient, SalesforceOptions } from './salesforce-client';
import { classifySalesforce } from './salesforce-faults';

/** Salesforce keeps a version for three years; a new one comes with each of the three releases of a year. */
const VERSIONS_KEPT = 9;

/** What `suiterelay doctor` says of an org: sign-in, user, version, limits, and every object and field the flows touch. */
export async function inspectSalesforce(
  client: SalesforceClient,
  options: SalesforceOptions,
  wanted: readonly WantedObject[],
  signal: AbortSignal,
  expected?: ExpectedCrm,
): Promise<CrmFinding[]> {
  const { name, auth } = options;
  try {
    return [
      ...(await signIn(client, options, signal, expected)),
      ...(await inspectUsers(client, options, signal)),
      ...(await checkVersion(client, options, signal)),
      ...checkLimits(client, name),
      ...(await Promise.all(wanted.map((one) => checkObject(client, name, one, signal)))).flat(),
    ];
  } catch (error) {
    const { code, message } = classifySalesforce(error);
    const said = `${code}: ${message}`;
    return [{ level: 'bad', subject: `${name}: sign-in`, message: said, remedy: explainSignIn(auth.type, said) }];
  }
}

async function signIn(
  client: SalesforceClient,
  { name, auth }: SalesforceOptions,
  signal: AbortSignal,
  expected: ExpectedCrm | undefined,
): Promise<CrmFinding[]> {
  const soql = 'SELECT Id, Name, IsSandbox FROM Organization';
  for await (const [org] of client.query(soql, signal)) {
    const id = String(org?.['Id']);
    const kind = org?.['IsSandbox'] === true ? 'sandbox' : 'production';
    const message = `${auth.type}, ${String(org?.['Name'])} (${id}, ${kind})`;
    return [{ level: 'ok', subject: `${name}: sign-in`, message }, ...compareOrg(name, { id, kind }, expected)];
  }
  return [{ level: 'ok', subject: `${name}: sign-in`, message: auth.type }];
}

/** Whether it is the org that the configuration means: keys of a sandbox and of production are easily mixed up. */
function compareOrg(
  name: string,
  org: { id: string; kind: 'sandbox' | 'production' },
  expected: ExpectedCrm | undefined,
): CrmFinding[] {
  const subject = `${name}: org`;
  const findings: CrmFinding[] = [];
  const { environment = 'development', tenants = [] } = expected ?? {};
  if (environment !== 'development' && environment !== org.kind) {
    const message = `the org is a ${org.kind} one, and environment is "${environment}"`;
    const remedy = 'Configure the org, app and key of this environment (docs/connect-salesforce.md, step 3.4).';
    findings.push({ level: 'bad', subject, message, remedy });
  }
  if (tenants.length > 0 && !tenants.includes(org.id)) {
    const message = `the org is ${org.id}, and outbound messages are taken from ${tenants.join(', ')} only`;
    const remedy = `Set sources[].salesforce.organizationIds to ${org.id} (docs/connect-salesforce.md, step 4).`;
    findings.push({ level: 'bad', subject, message, remedy });
  }
  return findings;
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
  if (newest - used < VERSIONS_KEPT)
    return [{ level: 'ok', subject, message: `${apiVersion}; the newest is v${newest}.0` }];
  const remedy = `Move to v${newest}.0 in a sandbox first.`;
  return [{ level: 'warn', subject, message: `${apiVersion} is about to end`, remedy }];
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
