import type { Request } from 'express';
import { mayDo } from '../../security/principal';
import type { Lane } from '../../store/types';
import { acceptRequest } from '../accept/accept-request';
import type { Accepted } from '../accept/accept-request';
import { parseDirectRecords, parseEnvelope } from '../accept/envelope';
import { mapRecords } from '../accept/map-records';
import type { MappedRecords } from '../accept/map-records';
import { toOperation } from '../accept/to-operation';
import { accountOf, assertObjectAllowed, requireAction, sourceFor } from '../authenticate';
import { assertCapacity } from '../capacity';
import { readIdempotencyKey, readPrefer } from '../headers';
import { parseJsonBody } from '../json-body';
import { ProblemError } from '../problem';
import { bodyOf, headerOf } from '../request-context';
import type { Route, RouteContext } from '../request-context';
import { applyLinks } from '../accept/apply-links';
import { answerAccepted } from './answer-accepted';

/** Up to so many records count as real-time by default: the chunk in which Salesforce runs its triggers. */
const REALTIME_RECORDS = 200;

/** POST /v1/upserts: records of a CRM, stored before they are acknowledged. */
export const postUpserts: Route = async (context) => {
  const { services, request, principal, trace } = context;
  // Which of the two is needed, the body says; who has neither need not send one.
  if (!mayDo(principal, 'direct')) requireAction(principal, 'upsert');
  const idempotencyKey = readIdempotencyKey(headerOf(request, 'idempotency-key'));
  const prefer = readPrefer(request.headers['prefer']);
  await assertCapacity(services);
  const { body, source, mapped } = await readRecords(context);
  requireAction(principal, source.kind === 'direct' && mayDo(principal, 'direct') ? 'direct' : 'upsert');
  const accepted: Accepted =
    mapped.operations.length === 0
      ? { outcome: 'accepted', requestId: '', operations: [] }
      : await acceptRequest(services, {
          source: source.name,
          trace,
          body,
          idempotencyKey,
          idempotencyScope: 'upserts',
          operations: mapped.operations,
        });
  await answerAccepted(context, accepted, mapped, prefer);
};

/** The records of a request, mapped; shared with POST /v1/validate. */
export async function readRecords({ services, request, principal }: RouteContext) {
  assertJson(request);
  const { limits } = services.settings().config;
  const body = parseJsonBody(await bodyOf(services, request), limits);
  const envelope = parseEnvelope(body, limits.records);
  const source = sourceFor(services, principal, envelope.source);
  const account = accountOf(services, source);
  const lane: Lane = envelope.options?.lane ?? (envelope.records.length > REALTIME_RECORDS ? 'bulk' : 'realtime');
  if (source.kind === 'direct') {
    const direct = await parseDirectRecords(envelope.records);
    direct.forEach(({ recordType }, index) =>
      assertObjectAllowed(principal, recordType, ['records', index, 'recordType']),
    );
    const origin = { pool: account, source: source.name, lane, requiresMs: services.mapper.requiresMs };
    const operations = direct.map((record) =>
      toOperation(record, { ...origin, object: envelope.object ?? record.recordType }),
    );
    const mapped: MappedRecords = {
      operations,
      recordIndex: operations.map((_, index) => index),
      ignored: [],
      warnings: [],
    };
    return { body, source, mapped };
  }
  const { object } = envelope;
  if (object === undefined) {
    throw new ProblemError('validation-failed', 'The object is missing: name what the records are, such as Account.', {
      errors: [{ pointer: '#/object', detail: 'is missing (string expected)', code: 'invalid_type' }],
    });
  }
  assertObjectAllowed(principal, object);
  const mapped = await mapRecords(services.mapper, { source, account, object, records: envelope.records, lane });
  applyLinks(mapped.operations, envelope.options?.links ?? {});
  return { body, source, mapped };
}

export function assertJson(request: Request): void {
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new ProblemError(
      'unsupported-media-type',
      `Content-Type ${type} is not accepted here; send application/json.`,
    );
  }
}
