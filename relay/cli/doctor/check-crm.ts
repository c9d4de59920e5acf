import type { RelayConfig } from '../../config/schema';
import type { FlowMapper } from '../../config/load-mapper';
import { sourceOfCrm } from '../../crm/source-of-crm';
import { wantedObjects } from '../../crm/wanted-objects';
import { buildAdapters } from '../../runtime/crm-work';
import type { Finding } from './findings';

/** Longest look at one CRM, in ms. */
const ANSWER_MS = 60_000;

/** Asks every configured CRM whether it is as the flows need it. */
export async function checkCrms(config: RelayConfig, mapper: FlowMapper): Promise<Finding[]> {
  const { flows } = mapper.set(config.netsuite[0]?.account ?? '');
  const findings: Finding[] = [];
  for (const adapter of buildAdapters(config, () => mapper)) {
    const crm = config.crm.find(({ name }) => name === adapter.name)!;
    const wanted = wantedObjects(flows, crm);
    if (adapter.inspect) findings.push(...(await adapter.inspect(wanted, AbortSignal.timeout(ANSWER_MS))));
    findings.push(...checkWayIn(config, crm));
  }
  return findings;
}

/** Whether the CRM can tell the relay of its changes, and the relay recognises its own. */
function checkWayIn(config: RelayConfig, crm: RelayConfig['crm'][number]): Finding[] {
  if (crm.kind === 'webhook') return [];
  const subject = `${crm.name}: changes`;
  const source = sourceOfCrm(config, crm);
  const ways = [
    ...(source?.keys.length ? ['API key'] : []),
    ...(source?.hubspot ? ['webhooks'] : []),
    ...(source?.salesforce ? ['outbound messages'] : []),
    ...(crm.stream ? ['change stream'] : []),
    ...(crm.poll ? [`polled every ${crm.poll.everySeconds} s`] : []),
  ];
  if (ways.length === 0) {
    const remedy = `Add a source for it (sources[].kind: ${crm.kind}), or crm[].poll.`;
    return [{ level: 'warn', subject, message: 'nothing brings its changes to the relay', remedy }];
  }
  const findings: Finding[] = [{ level: 'ok', subject, message: ways.join(', ') }];
  if (source?.hubspot && source.hubspot.appId === undefined) {
    const message = 'own writes coming back are read once more before they are recognised';
    const remedy = 'Set sources[].hubspot.appId to the id of the app whose token is used.';
    findings.push({ level: 'warn', subject, message, remedy });
  }
  if (source?.hubspot && config.publicUrl === undefined) {
    const message = 'HubSpot signs the public address, and none is configured';
    const remedy = 'Set publicUrl to the address HubSpot calls.';
    findings.push({ level: 'bad', subject, message, remedy });
  }
  return findings;
}
