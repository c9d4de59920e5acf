import * as z from 'zod';
import { fetchOperation } from '../../delivery/to-fetch';
import { acceptRequest } from '../accept/accept-request';
import { schemaDetails } from '../accept/envelope';
import { parseJsonBody } from '../json-body';
import { ProblemError } from '../problem';
import { admitHook, crmOfSource } from './hook-route';
import type { Hook } from './hook-route';
import { sourceOfPortal, verifiedSources } from './hubspot';
import { hubspotObject } from './hubspot-events';

const id = z.union([z.number(), z.string()]);

/** What HubSpot sends for each record that comes to a custom action of a workflow, as far as it matters here. */
export const hubspotActionSchema = z.looseObject({
  /** Names this run of the action: it is the same when HubSpot sends it again. */
  callbackId: z.string().min(1),
  origin: z.looseObject({ portalId: id }),
  object: z.looseObject({ objectId: id, objectType: z.string().min(1) }),
});

/** `SUCCESS`: the workflow goes on. `FAIL_CONTINUE`: it goes on too, and shows the action as failed, with the reason. */
export const hubspotActionAnswerSchema = z.strictObject({
  outputFields: z.strictObject({
    hs_execution_state: z.enum(['SUCCESS', 'FAIL_CONTINUE']),
    operation_id: z.string(),
    reason: z.string(),
  }),
});
type ActionAnswer = z.infer<typeof hubspotActionAnswerSchema>;

/**
 * POST /v1/hooks/hubspot-action: a custom workflow action (crm/hubspot/workflow-actions/send-to-netsuite.json). HubSpot signs these by
 * version 2, which carries no time (its custom action guide): a request that is played again has the record read once more at most.
 */
export const hubspotActionHook: Hook = async (context) => {
  const { services, response, body, trace } = context;
  const sources = verifiedSources(context, true);
  await admitHook(context, sources[0]);
  const parsed = hubspotActionSchema.safeParse(parseJsonBody(body, services.settings().config.limits), {
    reportInput: true,
  });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The body is not that of a custom workflow action.', {
      errors: schemaDetails(parsed.error.issues),
    });
  }
  const { callbackId, origin, object: record } = parsed.data;
  const source = sourceOfPortal(sources, origin.portalId);
  const object = hubspotObject(record.objectType);
  if (services.mapper.flowsFor(source, object).length === 0) {
    response.json(answer('FAIL_CONTINUE', '', `no flow that is on takes ${object}`));
    return;
  }
  const wanted = { crm: crmOfSource(services, source), source: source.name, object, id: String(record.objectId) };
  const { operations } = await acceptRequest(services, {
    source: source.name,
    trace,
    body: null,
    idempotencyScope: 'hubspot-action',
    operations: [fetchOperation({ ...wanted, notices: [`action|${callbackId}`], lane: 'realtime', deleted: false })],
  });
  response.json(answer('SUCCESS', operations[0]?.operationId ?? '', ''));
};

const answer = (
  state: ActionAnswer['outputFields']['hs_execution_state'],
  operationId: string,
  reason: string,
): ActionAnswer => ({ outputFields: { hs_execution_state: state, operation_id: operationId, reason } });
