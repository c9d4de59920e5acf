import * as z from 'zod';
import { verifyWebhook } from '../../security/standard-webhooks';
import { acceptRequest } from '../accept/accept-request';
import { schemaDetails } from '../accept/envelope';
import { mapRecords } from '../accept/map-records';
import { accountOf } from '../authenticate';
import { parseJsonBody } from '../json-body';
import { isDeletion, objectOfType } from '../object-of-type';
import { ProblemError } from '../problem';
import { headerOf } from '../request-context';
import { admitHook, assertFew } from './hook-route';
import type { Hook } from './hook-route';

const payloadSchema = z.looseObject({
  type: z.string().min(1),
  /** The record, or several of them. */
  data: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown())).min(1)]),
});

/** POST /v1/hooks/standard/{source}: any sender that signs by the Standard Webhooks specification. */
export const standardHook: Hook = async (context) => {
  const { services, request, response, body, trace } = context;
  const name = String(request.params['source']);
  const source = services.settings().config.sources.find((one) => one.name === name && one.signingSecrets.length > 0);
  const headers = {
    id: headerOf(request, 'webhook-id'),
    timestamp: headerOf(request, 'webhook-timestamp'),
    signature: headerOf(request, 'webhook-signature'),
  };
  // An unknown source is answered like a wrong signature: names of sources can't be probed.
  const verdict = verifyWebhook(headers, body, source?.signingSecrets ?? [], services.now());
  if (!source || !verdict.ok) {
    throw new ProblemError(
      'signature-invalid',
      `The message was not taken: ${verdict.ok ? 'no signature fits' : verdict.reason}.`,
    );
  }
  await admitHook(context, source);
  const parsed = payloadSchema.safeParse(parseJsonBody(body, services.settings().config.limits), { reportInput: true });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The message must hold type and data.', {
      errors: schemaDetails(parsed.error.issues),
    });
  }
  const { type, data } = parsed.data;
  const records = Array.isArray(data) ? data : [data];
  assertFew(context, records.length);
  const given = request.query['object'];
  const mapped = await mapRecords(services.mapper, {
    source,
    account: accountOf(services, source),
    object: typeof given === 'string' ? given : objectOfType(type),
    records,
    deleted: isDeletion(type),
    lane: 'realtime',
    dedupeKeys: records.map((_, index) => `webhook|${verdict.id}|${index}`),
  });
  if (mapped.operations.length > 0) {
    await acceptRequest(services, {
      source: source.name,
      trace,
      body: null,
      idempotencyScope: 'standard',
      operations: mapped.operations,
    });
  }
  response.status(204).end();
};
