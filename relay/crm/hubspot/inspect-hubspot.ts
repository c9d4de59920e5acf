import type { CrmFinding, ExpectedCrm, WantedObject } from '../../delivery/crm-adapter';
import { CrmCallError, type CrmAnswer } from '../http-call';
import type { HubSpotClient, HubSpotOptions } from './hubspot-client';
import { classifyHubSpot } from './hubspot-faults';
import { checkObject } from './inspect-object';

const GUIDE = 'docs/connect-hubspot.md';

/** What `suiterelay doctor` says of a portal: sign-in, limits, scopes, and every object and property the flows touch. */
export async function inspectHubSpot(
  client: HubSpotClient,
  options: HubSpotOptions,
  wanted: readonly WantedObject[],
  signal: AbortSignal,
  expected?: ExpectedCrm,
): Promise<CrmFinding[]> {
  const { name } = options;
  let findings: CrmFinding[];
  try {
    const answer = await client.get('/account-info/v3/details', signal);
    const { portalId } = answer.body as { portalId: number };
    const how = options.token === undefined ? 'OAuth' : 'private app';
    findings = [
      { level: 'ok', subject: `${name}: sign-in`, message: `${how}, portal ${portalId}` },
      ...comparePortal(name, String(portalId), expected),
      ...checkLimits(name, answer, expected),
    ];
  } catch (error) {
    const { code, message } = classifyHubSpot(error);
    const remedy =
      error instanceof CrmCallError
        ? `Copy the token again: Settings > Integrations > Private Apps > Auth (${GUIDE}, step 1).`
        : `Is ${options.baseUrl} reachable from here?`;
    return [{ level: 'bad', subject: `${name}: sign-in`, message: `${code}: ${message}`, remedy }];
  }
  if (options.token !== undefined) findings.push(...(await checkApp(client, options, wanted, signal, expected)));
  for (const one of wanted.filter(({ object }) => !SETTINGS.has(object)))
    findings.push(...(await checkObject(client, name, one, signal)));
  return findings;
}

function comparePortal(name: string, portal: string, expected: ExpectedCrm | undefined): CrmFinding[] {
  const { tenants = [] } = expected ?? {};
  if (tenants.length === 0 || tenants.includes(portal)) return [];
  const message = `the token is of portal ${portal}, and webhooks are taken from ${tenants.join(', ')} only`;
  const remedy = `Set sources[].hubspot.portalId to ${portal}, or use the token of the other portal (${GUIDE}, step 3).`;
  return [{ level: 'bad', subject: `${name}: portal`, message, remedy }];
}

/** The headers of an answer tell the limits of the app; an OAuth app is not told its day. */
function checkLimits(name: string, { header }: CrmAnswer, expected: ExpectedCrm | undefined): CrmFinding[] {
  const number = (which: string): number => Number(header(`x-hubspot-ratelimit-${which}`) ?? NaN);
  const [most, seconds] = [number('max'), number('interval-milliseconds') / 1000];
  const [daily, left] = [number('daily'), number('daily-remaining')];
  const subject = `${name}: API calls`;
  const parts = [
    ...(Number.isNaN(most + seconds) ? [] : [`${most} in ${seconds} s`]),
    ...(Number.isNaN(daily + left) ? [] : [`${daily - left} of ${daily} used today`]),
  ];
  if (parts.length === 0) return [];
  const message = parts.join(', ');
  if (expected && expected.perSecond * seconds > most) {
    const remedy = `Set crm[].limits.perSecond to ${Math.floor(most / seconds)} or less (${GUIDE}, step 1).`;
    const told = `${expected.perSecond} a second are configured, the portal allows ${message}`;
    return [{ level: 'warn', subject, message: told, remedy }];
  }
  return left < daily * 0.2
    ? [
        {
          level: 'warn',
          subject,
          message,
          remedy: 'Find who uses them (Settings > Integrations > Private Apps > Logs).',
        },
      ]
    : [{ level: 'ok', subject, message }];
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

const scopesOf = ({ object, reads, writes }: WantedObject): string[] => {
  const scope = SCOPE_OF[object];
  if (scope !== undefined) return [scope];
  if (object === 'exchange_rates') return ['settings.currencies.read', 'settings.currencies.write'];
  const read = reads.length > 0 || writes.size > 0 ? [`crm.objects.${object}.read`] : [];
  return writes.size > 0 ? [...read, `crm.objects.${object}.write`] : read;
};

/** What a private app may do, and whether it is the one whose writes are told from others'. */
async function checkApp(
  client: HubSpotClient,
  { name, token }: HubSpotOptions,
  wanted: readonly WantedObject[],
  signal: AbortSignal,
  expected: ExpectedCrm | undefined,
): Promise<CrmFinding[]> {
  const subject = `${name}: scopes`;
  const path = '/oauth/v2/private-apps/get/access-token-info';
  const { body } = await client.post(path, { tokenKey: token }, signal);
  const { scopes, appId } = body as { scopes: string[]; appId?: number };
  const missing = [...new Set(wanted.flatMap(scopesOf))].filter((scope) => !scopes.includes(scope));
  const findings: CrmFinding[] =
    missing.length === 0 || scopes.length === 0
      ? [{ level: 'ok', subject, message: `${scopes.length} granted` }]
      : [
          {
            level: 'bad',
            subject,
            message: `missing: ${missing.join(', ')}`,
            remedy: `Add them at Settings > Integrations > Private Apps > Scopes, and save the app (${GUIDE}, step 1).`,
          },
        ];
  if (expected?.appId !== undefined && appId !== undefined && expected.appId !== String(appId)) {
    const message = `the token is of app ${appId}, and writes of app ${expected.appId} count as our own: each of ours would be read once more`;
    const remedy = `Set sources[].hubspot.appId to ${appId} (${GUIDE}, step 3).`;
    findings.push({ level: 'warn', subject: `${name}: app`, message, remedy });
  }
  return findings;
}
