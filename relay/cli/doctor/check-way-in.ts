import type { RelayConfig } from '../../config/schema';
import { sourceOfCrm } from '../../crm/source-of-crm';
import type { RelayCalls } from './ask-relay';
import { bad, ok, warn, type Finding } from './findings';

type Crm = RelayConfig['crm'][number];
type Source = RelayConfig['sources'][number];

const GUIDES: Readonly<Record<string, { file: string; call: string }>> = {
  salesforce: {
    file: 'docs/connect-salesforce.md',
    call: 'Give the named credential SuiteRelay the address of the relay, and the principal of the external credential the parameter ApiKey; then save an account',
  },
  hubspot: {
    file: 'docs/connect-hubspot.md',
    call: "Give the private app's webhooks the target <publicUrl>/v1/hooks/hubspot and its subscriptions; then edit a company",
  },
};

/** Where each kind of call arrives, and what to compare when it was refused there. */
const DOORS: readonly { route: string; of: (source: Source) => boolean; remedy: string }[] = [
  {
    route: '/v1/hooks/hubspot',
    of: ({ hubspot }) => hubspot !== undefined,
    remedy:
      "Compare sources[].hubspot.clientSecrets with the app's client secret, and publicUrl with the target HubSpot calls: the signature covers it (docs/connect-hubspot.md, step 3).",
  },
  {
    route: '/v1/hooks/salesforce/outbound-message/:secret',
    of: ({ salesforce }) => salesforce !== undefined,
    remedy:
      'Compare the end of the endpoint with sources[].salesforce.pathSecrets, and the org with organizationIds (docs/connect-salesforce.md, step 4).',
  },
  {
    route: '/v1/upserts',
    of: ({ keys }) => keys.length > 0,
    remedy:
      'Compare the parameter ApiKey of the sender with sources[].keys: `suiterelay keygen --api-key` makes both (step 4 of docs/connect-salesforce.md).',
  },
];

/** Whether the CRM can tell the relay of its changes, has done so, and the relay recognises its own. */
export function checkWayIn(config: RelayConfig, crm: Crm, calls: RelayCalls | null): Finding[] {
  if (crm.kind === 'webhook') return [];
  const subject = `${crm.name}: changes`;
  const source = sourceOfCrm(config, crm);
  const guide = GUIDES[crm.kind];
  const step = guide === undefined ? '' : ` (${guide.file}, step ${crm.kind === 'hubspot' ? 3 : 4})`;
  const ways = [
    ...(source?.keys.length ? ['API key'] : []),
    ...(source?.hubspot ? ['webhooks'] : []),
    ...(source?.salesforce ? ['outbound messages'] : []),
    ...(crm.stream ? ['change stream'] : []),
    ...(crm.poll ? [`polled every ${crm.poll.everySeconds} s`] : []),
  ];
  if (ways.length === 0) {
    const remedy = `Add a source for it (sources[].kind: ${crm.kind}), or crm[].poll${step}.`;
    return [warn(subject, 'nothing brings its changes to the relay', remedy)];
  }
  return [
    ok(subject, ways.join(', ')),
    ...checkHubSpotSource(config, subject, source),
    ...(source && calls ? checkCalls(crm, source, calls) : []),
  ];
}

function checkHubSpotSource(config: RelayConfig, subject: string, source: Source | undefined): Finding[] {
  if (!source?.hubspot) return [];
  const own = 'own writes coming back are read once more before they are recognised';
  return [
    ...(source.hubspot.appId === undefined
      ? [
          warn(
            subject,
            own,
            'Set sources[].hubspot.appId to the id of the app whose token is used (docs/connect-hubspot.md, step 3).',
          ),
        ]
      : []),
    ...(config.publicUrl === undefined
      ? [
          bad(
            subject,
            'HubSpot signs the public address, and none is configured',
            'Set publicUrl to the address HubSpot calls (docs/connect-hubspot.md, step 3).',
          ),
        ]
      : []),
  ];
}

/** What the running relay has seen of the CRM's calls. */
function checkCalls({ name, kind }: Crm, source: Source, { bySource, refused }: RelayCalls): Finding[] {
  const doors = DOORS.filter((door) => door.of(source));
  if (doors.length === 0) return [];
  const subject = `${name}: calls`;
  const count = bySource.get(source.name) ?? 0;
  const shut = doors.map((door) => ({ ...door, count: refused.get(door.route) ?? 0 })).find((door) => door.count > 0);
  if (shut) {
    const message = `${count} taken since the relay started, and ${shut.count} refused at ${shut.route}`;
    return [warn(subject, message, shut.remedy)];
  }
  if (count > 0) return [ok(subject, `${count} taken since the relay started`)];
  const guide = GUIDES[kind];
  const remedy = guide
    ? `${guide.call} (${guide.file}, step ${kind === 'hubspot' ? 3 : 4}).`
    : 'Have it send a record.';
  return [warn(subject, 'none since the relay started', remedy)];
}
