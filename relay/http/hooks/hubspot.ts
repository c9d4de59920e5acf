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
import { countHook, crmOfSource, signedUrl } from './hook-route';
import type { Hook, HookContext } from './hook-route';
import { hubspotEventSchema, sortHubSpotEvents } from './hubspot-events';
import { contentKey, plainProperties } from './hubspot-object';

/** POST /v1/hooks/hubspot: webhook events, each naming one changed property; stored as records to read, answered at once. */
export const hubspotHook: Hook = async (context) => {
  const { services, response, body, trace } = context;
  const source = verifiedSource(context);
  countHook(context, source);
  const parsed = z
    .array(hubspotEventSchema)
    .safeParse(parseJsonBody(body, services.settings().config.limits), { reportInput: true });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The body is not a list of HubSpot events.', {
      errors: schemaDetails(parsed.error.issues),
    });
  }
  assertPortal(source, parsed.data[0]?.portalId);
  const isKept = (object: string): boolean => services.mapper.flowsFor(source, object).length > 0;
  const { fetch } = sortHubSpotEvents(parsed.data, {
    crm: crmOfSource(services, source),
    source: source.name,
    appId: services.settings().config.guards.origin ? source.hubspot?.appId : undefined,
    takes: (object) => isKept(object) || services.mapper.contextFlowsFor(source, object).length > 0,
  });
  if (fetch.length > 0) {
    await acceptRequest(services, {
      source: source.name,
      trace,
      body: null,
      idempotencyScope: 'hubspot',
      operations: fetch.map((one) => fetchOperation(forKept(one, isKept))),
      shadows: mergeShadows(fetch),
    });
  }
  // Events that are only skipped are no error: HubSpot would repeat a 4xx for a day.
  response.status(204).end();
};

/** POST /v1/hooks/hubspot-workflow?object=deal: the webhook action of a workflow, which sends the whole object. */
export const hubspotWorkflowHook: Hook = async (context) => {
  const { services, request, response, body, trace } = context;
  const source = verifiedSource(context);
  countHook(context, source);
  const sent = parseJsonBody(body, services.settings().config.limits);
  const { object, record } = plainProperties(sent, request.query['object']);
  const mapped = await mapRecords(services.mapper, {
    source,
    account: accountOf(services, source),
    object,
    records: [record],
    lane: 'realtime',
    dedupeKeys: [`workflow|${contentKey(object, record)}`],
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

/** The source one of whose client secrets signed the request; by an older version where HubSpot signs by no other. Throws 401. */
export function verifiedSource(context: HookContext, allowLegacy = false): SourceConfig {
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
  for (const source of services.settings().config.sources) {
    if (!source.hubspot) continue;
    const { clientSecrets, allowLegacySignatures } = source.hubspot;
    const verdict = verifyHubSpotSignature(signed, clientSecrets, services.now(), allowLegacy || allowLegacySignatures);
    if (verdict.ok) return source;
    reason = verdict.reason;
  }
  throw new ProblemError(
    'signature-invalid',
    `The request was not taken: ${reason}. The signature covers ${signed.url}.`,
  );
}

export function assertPortal(source: SourceConfig, portalId: string | number | undefined): void {
  const wanted = source.hubspot?.portalId;
  if (wanted !== undefined && portalId !== undefined && String(portalId) !== wanted) {
    throw new ProblemError('forbidden', `Events of the portal ${portalId} are not taken; ${wanted} is configured.`);
  }
}
