import type * as z from 'zod';
import { directRecordSchema } from '../../../contract';
import { isAccountPool } from '../../delivery/pools';
import type { OperationDetail } from '../../store/types';
import { isUnmapped } from '../accept/to-operation';
import { schemaDetails } from '../accept/envelope';
import { requireAction } from '../authenticate';
import { parseJsonBody } from '../json-body';
import { mergePatch } from '../merge-patch';
import { ProblemError } from '../problem';
import { bodyOf } from '../request-context';
import type { Route, RouteContext } from '../request-context';
import { rulesOf } from '../../watch/rules-in-force';
import { responsibleFor } from '../../watch/responsible-for';
import { failureSummary, operationView, standing } from '../views/operation-view';
import { actionSchemas } from './action-schemas';
import { decide, readFilter, visibleOperation } from './operations';
import { remap } from './remap';

/** GET /v1/failures: what is in review or dead, with what to do about it. */
export const listFailures: Route = async (context) => {
  requireAction(context.principal, 'read');
  const { filter, page } = readFilter(context);
  const { items, next } = await context.services.store.listFailures(filter, page);
  const { services } = context;
  const nowMs = services.now();
  const failures = items.map((one) => failureSummary(one, responsibleFor(services, one), nowMs));
  context.response.json({ failures, next });
};

/** GET /v1/failures/{id}: the failure with everything that is kept, the payload too. */
export const getFailure: Route = async (context) => {
  requireAction(context.principal, 'read');
  const operation = await visibleOperation(context, String(context.request.params['id']));
  const { services } = context;
  const whose = standing(operation, responsibleFor(services, operation), services.now());
  context.response.json({
    ...operationView(operation, await rulesOf(services, operation)),
    ...whose,
    // What could not be mapped is the CRM's record: that is what an edit changes.
    payload: isUnmapped(operation.body) ? operation.body.unmapped.record : operation.body,
  });
};

/** POST /v1/failures/{id}/replay, with or without an edit. */
export const replayFailure: Route = async (context) => {
  requireAction(context.principal, 'manage');
  const { edit, payload, lane } = await readAction(context, actionSchemas.replay);
  const operation = await visibleOperation(context, String(context.request.params['id']));
  const edited = (stored: unknown): unknown => payload ?? (edit === undefined ? stored : mergePatch(stored, edit));
  if (isUnmapped(operation.body)) {
    const { unmapped } = operation.body;
    return remap(context, operation, { unmapped: { ...unmapped, record: edited(unmapped.record) } });
  }
  const changed = payload !== undefined || edit !== undefined;
  const at = payload === undefined ? 'edit' : 'payload';
  const body = changed ? editedBody(operation, edited(operation.body), at) : undefined;
  await decide(context, (store, id, actor) => store.replay(id, { actor, body, lane: lane ?? 'replay' }));
};

/** An edit may change what is written, never which record it is: the queue of a record is its identity. */
function editedBody(operation: OperationDetail, edited: unknown, at: 'edit' | 'payload'): object {
  if (!isAccountPool(operation.pool)) return edited as object;
  const parsed = directRecordSchema.safeParse(edited, { reportInput: true });
  if (!parsed.success) {
    throw new ProblemError('validation-failed', 'The edited payload is not valid; nothing was changed.', {
      errors: schemaDetails(parsed.error.issues, [at]),
      operationId: operation.operationId,
    });
  }
  const { recordType, key } = parsed.data;
  if (recordType !== operation.recordType || key.externalId !== operation.externalId.toUpperCase()) {
    throw new ProblemError(
      'validation-failed',
      'An edit can not change recordType or key.externalId. Resolve this failure and send the other record instead.',
      { operationId: operation.operationId },
    );
  }
  return parsed.data;
}

/** POST /v1/failures/{id}/resolve: handled elsewhere. */
export const resolveFailure: Route = async (context) => {
  requireAction(context.principal, 'manage');
  const { note } = await readAction(context, actionSchemas.resolve);
  await decide(context, (store, id, actor) => store.resolve(id, { actor, note }));
};

/** POST /v1/failures/{id}/skip: given up. */
export const skipFailure: Route = async (context) => {
  requireAction(context.principal, 'manage');
  const { note } = await readAction(context, actionSchemas.skip);
  await decide(context, (store, id, actor) => store.skip(id, { actor, note }));
};

/** POST /v1/failures/{id}/link: a person says which NetSuite record is meant; the operation is sent again to that one. */
export const linkFailure: Route = async (context) => {
  requireAction(context.principal, 'manage');
  const { internalId } = await readAction(context, actionSchemas.link);
  const operation = await visibleOperation(context, String(context.request.params['id']));
  if (isUnmapped(operation.body) || !isAccountPool(operation.pool)) {
    throw new ProblemError(
      'operation-conflict',
      'Only operations that were mapped for NetSuite can be linked; edit and replay this one.',
      {
        operationId: operation.operationId,
      },
    );
  }
  const body = editedBody(operation, mergePatch(operation.body, { key: { internalId, match: null } }), 'edit');
  await decide(context, (store, id, actor) => store.replay(id, { actor, body }));
};

/** POST /v1/failures/replay: all that a filter finds. */
export const replayFailures: Route = async (context) => {
  const { services, principal, response } = context;
  requireAction(principal, 'manage');
  const { filter, limit } = await readAction(context, actionSchemas.bulkReplay);
  const { account, nsId, state, code, class: errorClass, ...rest } = filter;
  const own = principal.actions.has('admin') ? rest.source : principal.source;
  const ids = await services.store.replayAll(
    {
      ...rest,
      source: own,
      pool: account,
      internalId: nsId,
      errorCode: code,
      errorClass,
      ...(state === undefined ? {} : { state: [state] }),
    },
    { actor: principal.actor, limit },
  );
  services.log.info({ actor: principal.actor, count: ids.length }, 'replayed by filter');
  response.json({ replayed: ids.length, operationIds: ids });
};

/** The body of an action; an empty one counts as `{}`. */
async function readAction<T>({ services, request }: RouteContext, schema: z.ZodType<T>): Promise<T> {
  const bytes = await bodyOf(services, request);
  const body = bytes.length === 0 ? {} : parseJsonBody(bytes, services.settings().config.limits);
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ProblemError('validation-failed', 'The body of this action is not valid.', {
    errors: schemaDetails(parsed.error.issues),
  });
}
