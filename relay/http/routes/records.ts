import * as z from 'zod';
import { visibleSource } from '../../security/principal';
import { acceptRequest } from '../accept/accept-request';
import { parseDirectRecords } from '../accept/envelope';
import { toOperation } from '../accept/to-operation';
import { accountOf, assertObjectAllowed, requireAction } from '../authenticate';
import { assertCapacity } from '../capacity';
import { readIdempotencyKey, readPrefer } from '../headers';
import { parseJsonBody } from '../json-body';
import { ProblemError } from '../problem';
import { bodyOf, headerOf } from '../request-context';
import type { Route, RouteContext } from '../request-context';
import { operationSummary } from '../views/operation-view';
import { answerAccepted } from './answer-accepted';
import { assertJson } from './upserts';

export const recordQuerySchema = z.object({
  account: z.string().optional().meta({ description: 'NetSuite account; that of the source when left out.' }),
});

/** GET /v1/records/{type}/{externalId}: what is known of a record, and its last operation. */
export const getRecord: Route = async (context) => {
  const { services, request, response, principal } = context;
  requireAction(principal, 'read');
  const { type, externalId } = identity(context);
  const source = visibleSource(principal);
  const asked = recordQuerySchema.safeParse(request.query);
  if (!asked.success) throw new ProblemError('validation-failed', 'Name one account at most: ?account=<its id>.');
  const account = asked.data.account ?? ownAccount(context);
  const last = await services.store.listOperations(
    { pool: account, recordType: type, externalId, source },
    { limit: 1 },
  );
  const operation = last.items[0];
  const known = await services.store.findRecord(account, type, { externalId });
  if ((source !== undefined && !operation) || (!known && !operation)) {
    throw new ProblemError('not-found', `No ${type} with the external id ${externalId} is known here.`);
  }
  response.json({
    recordType: type,
    externalId,
    account,
    internalId: known?.internalId ?? operation?.internalId ?? null,
    aliases: known?.aliases ?? [],
    lastVersion: known?.lastVersion ?? null,
    appliedAt: known?.appliedAt == null ? null : new Date(known.appliedAt).toISOString(),
    openOperations: known?.liveOperations ?? 0,
    lastOperation: operation ? operationSummary(operation) : null,
  });
};

/** PUT /v1/records/{type}/{externalId}: one operation of the contract; the same content twice is the same request. */
export const putRecord: Route = async (context) => {
  const { services, request, principal, trace } = context;
  requireAction(principal, 'direct');
  assertJson(request);
  const given = headerOf(request, 'idempotency-key');
  const idempotencyKey = given === undefined ? undefined : readIdempotencyKey(given);
  const prefer = readPrefer(request.headers['prefer']);
  await assertCapacity(services);
  const { type, externalId } = identity(context);
  assertObjectAllowed(principal, type, []);
  const body = parseJsonBody(await bodyOf(services, request), services.settings().config.limits);
  const [record] = await parseDirectRecords([withIdentity(body, type, externalId)], []);
  if (!record) throw new ProblemError('validation-failed', 'The body is not a record.');
  const source = services.settings().config.sources.find(({ name }) => name === principal.source);
  if (!source) throw new ProblemError('forbidden', 'These credentials belong to no source.');
  const operation = toOperation(record, {
    pool: accountOf(services, source),
    source: source.name,
    object: type,
    lane: 'realtime',
    requiresMs: services.mapper.requiresMs,
  });
  const accepted = await acceptRequest(services, {
    source: source.name,
    trace,
    body,
    idempotencyKey,
    idempotencyScope: `records/${type}/${externalId}`,
    operations: [operation],
  });
  await answerAccepted(context, accepted, { recordIndex: [0], ignored: [], warnings: [] }, prefer);
};

function identity({ request }: RouteContext) {
  return {
    type: String(request.params['type']),
    externalId: String(request.params['externalId']).trim().toUpperCase(),
  };
}

/** The address names the record; a body that names another one is refused. */
function withIdentity(body: unknown, type: string, externalId: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { recordType, key, ...rest } = body as Record<string, unknown>;
  const named = (key as { externalId?: unknown } | undefined)?.externalId;
  const differs =
    (recordType !== undefined && recordType !== type) ||
    (typeof named === 'string' && named.trim().toUpperCase() !== externalId);
  if (differs) throw new ProblemError('validation-failed', 'The body names another record than the address.');
  return { action: 'upsert', ...rest, recordType: type, key: { ...(key as object | undefined), externalId } };
}

function ownAccount(context: RouteContext): string {
  const { services, principal } = context;
  const source = services.settings().config.sources.find(({ name }) => name === principal.source);
  return source ? accountOf(services, source) : (services.settings().config.netsuite[0]?.account ?? '');
}
