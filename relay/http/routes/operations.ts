import * as z from 'zod';
import { ERROR_CLASSES } from '../../../contract';
import { visibleSource } from '../../security/principal';
import { OperationNotFound, OperationStateError } from '../../store/errors';
import { LANES, STATES } from '../../store/types';
import { isAccountPool } from '../../delivery/pools';
import type { OperationDetail, OperationFilter, StoredOperation } from '../../store/types';
import { schemaDetails } from '../accept/envelope';
import { requireAction } from '../authenticate';
import { ProblemError } from '../problem';
import type { Route, RouteContext } from '../request-context';
import { answerTagged } from '../tagged-answer';
import { rulesOf } from '../../watch/rules-in-force';
import { operationSummary, operationView, requestView } from '../views/operation-view';

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const listOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(values)).min(1));

/** Query of GET /v1/operations and GET /v1/failures. */
export const operationQuerySchema = z.strictObject({
  account: z.string().optional(),
  source: z.string().optional(),
  object: z.string().optional(),
  state: listOf(STATES).optional(),
  lane: z.enum(LANES).optional(),
  recordType: z.string().optional(),
  crmId: z.string().optional(),
  externalId: z.string().toUpperCase().optional(),
  nsId: z.string().optional(),
  traceId: z.string().optional(),
  requestId: z.string().optional(),
  code: z.string().optional(),
  class: z.enum(ERROR_CLASSES).optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().optional(),
});

/** A query as filter of the store, narrowed to what the caller may see. */
export function readFilter({ request, principal }: RouteContext) {
  const parsed = operationQuerySchema.safeParse(request.query, { reportInput: true });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The query is not valid.', {
      errors: schemaDetails(parsed.error.issues),
    });
  }
  const { account, nsId, code, class: errorClass, limit, after, ...rest } = parsed.data;
  const own = visibleSource(principal);
  const filter: OperationFilter = {
    ...rest,
    pool: account,
    internalId: nsId,
    errorCode: code,
    errorClass,
    source: own ?? rest.source,
  };
  return { filter, page: { limit, after } };
}

/** GET /v1/operations */
export const listOperations: Route = async (context) => {
  requireAction(context.principal, 'read');
  const { filter, page } = readFilter(context);
  const { items, next } = await context.services.store.listOperations(filter, page);
  context.response.json({ operations: items.map(operationSummary), next });
};

/** GET /v1/operations/{op_…|req_…} */
export const getOperation: Route = async (context) => {
  const { services, request, principal } = context;
  requireAction(principal, 'read');
  const id = String(request.params['id']);
  if (id.startsWith('req_')) {
    const view = await services.store.getRequest(id);
    const own = visibleSource(principal);
    if (!view || (own !== undefined && view.source !== own)) throw unknownOperation(id);
    answerTagged(context, requestView(view));
    return;
  }
  const operation = await visibleOperation(context, id);
  answerTagged(context, operationView(operation, await rulesOf(services, operation)));
};

/** POST /v1/operations/{id}/retry */
export const retryOperation: Route = async (context) => {
  requireAction(context.principal, 'manage');
  await decide(context, (store, id, actor) => store.replay(id, { actor }));
};

/** POST /v1/operations/{id}/cancel */
export const cancelOperation: Route = async (context) => {
  requireAction(context.principal, 'manage');
  await decide(context, (store, id, actor) => store.cancel(id, { actor }));
};

/** Decided so that nothing more is sent: the failure's record in NetSuite is closed too. */
const CLOSED: ReadonlySet<string> = new Set(['cancelled', 'dead']);

/** Carries out a person's decision on an operation of theirs and answers the operation as it stands then. */
export async function decide(
  context: RouteContext,
  act: (store: RouteContext['services']['store'], id: string, actor: string) => Promise<StoredOperation>,
): Promise<void> {
  const { services, principal } = context;
  const id = String(context.request.params['id']);
  await visibleOperation(context, id);
  try {
    const operation = await act(services.store, id, principal.actor);
    services.log.info({ operationId: id, actor: principal.actor, state: operation.state }, 'decided');
    if (isAccountPool(operation.pool) && CLOSED.has(operation.state)) {
      const answer = `${principal.actor} closed it in the relay: it is not sent again.`;
      services.events.answer(operation.pool, [{ opId: id, answer, closed: true }]);
    }
    context.response.json(operationSummary(operation));
  } catch (error) {
    if (error instanceof OperationNotFound) throw unknownOperation(id);
    if (error instanceof OperationStateError)
      throw new ProblemError('operation-conflict', error.message, { operationId: id });
    throw error;
  }
}

/** An operation that the caller may see; another source's is as unknown as one that does not exist. */
export async function visibleOperation({ services, principal }: RouteContext, id: string): Promise<OperationDetail> {
  const operation = await services.store.getOperation(id);
  const own = visibleSource(principal);
  if (!operation || (own !== undefined && operation.source !== own)) throw unknownOperation(id);
  return operation;
}

const unknownOperation = (id: string): ProblemError =>
  new ProblemError('unknown-operation', `No operation ${id} is stored for this source.`);
