import type { RelayConfig } from '../../config/schema';
import type { FlowMapper } from '../../config/load-mapper';
import { sourceOfCrm } from '../../crm/source-of-crm';
import { wantedObjects } from '../../crm/wanted-objects';
import type { ExpectedCrm } from '../../delivery/crm-adapter';
import { buildAdapters } from '../../runtime/crm-work';
import type { RelayCalls } from './ask-relay';
import { checkWayIn } from './check-way-in';
import type { Finding } from './findings';

/** Longest look at one CRM, in ms. */
const ANSWER_MS = 60_000;

/** Asks every configured CRM whether it is as the flows need it, and the relay (null: it does not run) whether it has been called. */
export async function checkCrms(
  config: RelayConfig,
  mapper: FlowMapper,
  calls: RelayCalls | null = null,
): Promise<Finding[]> {
  const { flows, context } = mapper.set(config.netsuite[0]?.account ?? '');
  const findings: Finding[] = [];
  for (const adapter of buildAdapters(config, () => mapper)) {
    const crm = config.crm.find(({ name }) => name === adapter.name)!;
    const wanted = wantedObjects(flows, crm, context.settings);
    const signal = AbortSignal.timeout(ANSWER_MS);
    if (adapter.inspect) findings.push(...(await adapter.inspect(wanted, signal, expectedOf(config, crm))));
    findings.push(...checkWayIn(config, crm, calls));
  }
  return findings;
}

/** What the configuration takes a CRM to be: the doctor holds it against what the CRM says of itself. */
function expectedOf(config: RelayConfig, crm: RelayConfig['crm'][number]): ExpectedCrm {
  const source = sourceOfCrm(config, crm);
  const portal = source?.hubspot?.portalId;
  return {
    environment: config.environment,
    tenants: [...(source?.salesforce?.organizationIds ?? []), ...(portal === undefined ? [] : [portal])],
    appId: source?.hubspot?.appId,
    perSecond: crm.limits.perSecond,
  };
}
