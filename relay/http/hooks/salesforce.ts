import type { SourceConfig } from '../../config/schema-sources';
import { fetchOperation } from '../../delivery/to-fetch';
import { equalInConstantTime } from '../../security/constant-time';
import { acceptRequest } from '../accept/accept-request';
import { ProblemError } from '../problem';
import { admitHook, crmOfSource } from './hook-route';
import type { Hook, HookContext } from './hook-route';
import { ACKNOWLEDGEMENT, parseOutboundMessage } from './salesforce-soap';

/**
 * POST /v1/hooks/salesforce/outbound-message/<secret>: SOAP. Only which records changed is taken from it: messages come out of
 * order and hold the values of the moment of sending, so the records are read anew. The session id in it is never used.
 */
export const salesforceHook: Hook = async (context) => {
  const { services, response, body, trace } = context;
  const source = sourceOfSecret(context);
  await admitHook(context, source);
  const message = parseOutboundMessage(body.toString('utf8'));
  if (!source.salesforce?.organizationIds.includes(message.organizationId)) {
    throw new ProblemError('forbidden', `Messages of the organisation ${message.organizationId} are not taken.`);
  }
  const crm = crmOfSource(services, source);
  const operations = message.notifications
    .filter(({ object }) => services.mapper.flowsFor(source, object).length > 0)
    .map(({ id, object, recordId }) =>
      fetchOperation({
        crm,
        source: source.name,
        object,
        id: recordId,
        notices: [id],
        lane: 'realtime',
        deleted: false,
      }),
    );
  if (operations.length > 0) {
    await acceptRequest(services, {
      source: source.name,
      trace,
      body: null,
      idempotencyScope: 'outbound-message',
      operations,
    });
  }
  response.status(200).type('text/xml').send(ACKNOWLEDGEMENT);
};

/** Outbound messages can't be signed: the last part of the address is the secret. Throws 401. */
function sourceOfSecret({ services, request }: HookContext): SourceConfig {
  const given = [request.params['secret'], request.query['key']].find((one) => typeof one === 'string') ?? '';
  let found: SourceConfig | null = null;
  for (const source of services.settings().config.sources) {
    for (const secret of source.salesforce?.pathSecrets ?? []) if (equalInConstantTime(secret, given)) found = source;
  }
  if (found) return found;
  throw new ProblemError(
    'signature-invalid',
    'The address must end with the secret of the source (sources[].salesforce.pathSecrets).',
  );
}
