import * as z from 'zod';
import type { SourceConfig } from '../../config/schema-sources';
import { fetchOperation, forKept, mergeShadows } from '../../delivery/to-fetch';
import { verifyHubSpotSignature } from '../../security/verify-hubspot-signature';
import { acceptRequest } from '../accept/accept-request';
import { schemaDetails } from '../accept/envelope';
import { mapRecords } from '../accept/map-records';
import { accountOf } from '../authenticate';
import { parseJsonBody } from '../json-body';
import { ProblemError } from '../problem';
import { headerOf } from '../request-context';
import { admitHook, assertFew, crmOfSource, signedUrl } from './hook-route';
import type { Hook, HookContext } from './hook-route';
import { hubspotEventSchema, sortHubSpotEvents, type HubSpotEvent } from './hubspot-events';
import { plainProperties, repeatKey } from './hubspot-object';

/** POST /v1/hooks/hubspot: webhook events, each naming one changed property; stored as records to read, answered at once. */
export const hubspotHook: Hook = async (context) => {
  const { services, response, body } = context;
  const sources = verifiedSources(context);
  await admitHook(context, sources[0]);
  const parsed = z
    .array(hubspotEventSchema)
    .safeParse(parseJsonBody(body, services.settings().config.limits), { reportInput: true });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The body is not a list of HubSpot events.', {
      errors: schemaDetails(parsed.error.issues),
    });
  }
  assertFew(context, parsed.data.length);
  for (const [source, events] of byPortal(context, sources, parsed.data)) await takeEvents(context, source, events);
  // Events that are only skipped are no error: HubSpot would repeat a 4xx for a day.
  response.status(204).end();
};

/**
 * The events of each source by their portal: one app, with one secret, may be installed in several. Those of a portal that no source names are left
 * out where others came with them. Throws 403 where none is left.
 */
function byPortal({ services }: HookContext, sources: Verified, events: readonly HubSpotEvent[]) {
  const found = new Map<SourceConfig, HubSpotEvent[]>();
  const foreign = new Set<string>();
  for (const event of events) {
    const source = findSource(sources, event.portalId);
    if (source) found.set(source, [...(found.get(source) ?? []), event]);
    else foreign.add(String(event.portalId));
  }
  const [other] = foreign;
  if (other === undefined) return found;
  if (found.size === 0) throw wrongPortal(sources, other);
  services.log.warn({ portals: [...foreign] }, 'events of portals that no source names were left out');
  return found;
}

async function takeEvents({ services, trace }: HookContext, source: SourceConfig, events: readonly HubSpotEvent[]) {
  const isKept = (object: string): boolean => services.mapper.flowsFor(source, object).length > 0;
  const { fetch } = sortHubSpotEvents(events, {
    crm: crmOfSource(services, source),
    source: source.name,
    appId: services.settings().config.guards.origin ? source.hubspot?.appId : undefined,
    takes: (object) => isKept(object) || services.mapper.contextFlowsFor(source, object).length > 0,
  });
  if (fetch.length === 0) return;
  await acceptRequest(services, {
    source: source.name,
    trace,
    body: null,
    idempotencyScope: 'hubspot',
    operations: fetch.map((one) => fetchOperation(forKept(one, isKept))),
    shadows: mergeShadows(fetch),
  });
}

/** POST /v1/hooks/hubspot-workflow?object=deal: the webhook action of a workflow, which sends the whole object. */
export const hubspotWorkflowHook: Hook = async (context) => {
  const { services, request, response, body, trace } = context;
  const [source] = verifiedSources(context);
  await admitHook(context, source);
  const sent = parseJsonBody(body, services.settings().config.limits);
  const { object, record } = plainProperties(sent, request.query['object']);
  const repeated = repeatKey(object, sent);
  const mapped = await mapRecords(services.mapper, {
    source,
    account: accountOf(services, source),
    object,
    records: [record],
    lane: 'realtime',
    dedupeKeys: [repeated === undefined ? undefined : `workflow|${repeated}`],
  });
  const accepted =
    mapped.operations.length === 0
      ? null
      : await acceptRequest(services, {
          source: source.name,
          trace,
          body: null,
          idempotencyScope: 'hubspot-workflow',
          operations: mapped.operations,
        });
  response.status(200).json({
    requestId: accepted?.requestId ?? null,
    operationId: accepted?.operations[0]?.operationId ?? null,
    accepted: accepted?.operations.length ?? 0,
  });
};

/** Sources whose secret fits, at least one. */
type Verified = readonly [SourceConfig, ...SourceConfig[]];

/** The sources one of whose client secrets signed the request; by an older version where HubSpot signs by no other. Throws 401. */
export function verifiedSources(context: HookContext, allowLegacy = false): Verified {
  const { services, request, body } = context;
  const signed = {
    method: request.method,
    url: signedUrl(context),
    body,
    headers: {
      v3: headerOf(request, 'x-hubspot-signature-v3'),
      timestamp: headerOf(request, 'x-hubspot-request-timestamp'),
      legacy: headerOf(request, 'x-hubspot-signature'),
      version: headerOf(request, 'x-hubspot-signature-version'),
    },
  };
  let reason = 'no source takes HubSpot webhooks: configure sources[].hubspot';
  const fitting: SourceConfig[] = [];
  for (const source of services.settings().config.sources) {
    if (!source.hubspot) continue;
    const { clientSecrets, allowLegacySignatures } = source.hubspot;
    const verdict = verifyHubSpotSignature(signed, clientSecrets, services.now(), allowLegacy || allowLegacySignatures);
    if (verdict.ok) fitting.push(source);
    else reason = verdict.reason;
  }
  const [first, ...others] = fitting;
  if (first) return [first, ...others];
  throw new ProblemError(
    'signature-invalid',
    `The request was not taken: ${reason}. The signature covers ${signed.url}.`,
  );
}

/** The source that takes this portal; throws 403 where none does. */
export function sourceOfPortal(sources: Verified, portalId: string | number): SourceConfig {
  const source = findSource(sources, portalId);
  if (source) return source;
  throw wrongPortal(sources, portalId);
}

/** One that names the portal comes before one that takes any. */
const findSource = (sources: Verified, portalId: string | number): SourceConfig | undefined =>
  sources.find(({ hubspot }) => hubspot?.portalId === String(portalId)) ??
  sources.find(({ hubspot }) => hubspot?.portalId === undefined);

const wrongPortal = (sources: Verified, portalId: string | number): ProblemError => {
  const wanted = sources.map(({ hubspot }) => hubspot?.portalId).join(', ');
  return new ProblemError('forbidden', `Events of the portal ${portalId} are not taken; ${wanted} is configured.`);
};
