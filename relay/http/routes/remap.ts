import { OperationStateError } from '../../store/errors';
import type { OperationDetail, StoredOperation } from '../../store/types';
import { acceptRequest } from '../accept/accept-request';
import { mapRecords } from '../accept/map-records';
import type { UnmappedBody } from '../accept/to-operation';
import { ProblemError } from '../problem';
import type { RouteContext } from '../request-context';
import { operationSummary } from '../views/operation-view';
import { decide } from './operations';

/**
 * Replays a record that could not be mapped: it is mapped anew, as it was edited or with flows corrected since. When it turns out to be
 * another record than its place in the queue said, it is accepted as a new operation and the old one is resolved.
 */
export async function remap(
  context: RouteContext,
  operation: OperationDetail,
  { unmapped }: UnmappedBody,
): Promise<void> {
  const { services, trace, response } = context;
  const source = services.settings().config.sources.find(({ name }) => name === unmapped.source);
  if (!source) {
    throw new ProblemError('operation-conflict', `The source ${unmapped.source} is no longer configured.`, {
      operationId: operation.operationId,
    });
  }
  const mapped = await mapRecords(services.mapper, {
    source,
    account: operation.pool,
    object: unmapped.object,
    records: [unmapped.record],
    lane: operation.lane,
  });
  const found = mapped.operations.find(({ flow }) => flow === unmapped.flow);
  if (!found || found.refused) throw stillRefused(operation, found?.refused, mapped.ignored[0]?.reason);
  if (found.externalId === operation.externalId && found.recordType === operation.recordType) {
    await decide(context, (store, id, actor) => store.replay(id, { actor, mapped: found }));
    return;
  }
  const accepted = await acceptRequest(services, {
    source: operation.source,
    trace,
    body: null,
    idempotencyScope: 'remap',
    // A person decided: it is not judged against what was accepted before.
    operations: [{ ...found, change: undefined }],
  });
  const next = accepted.operations[0]?.operationId ?? '';
  const resolved = await resolveReplaced(context, operation.operationId, next);
  response.json({ ...operationSummary(resolved), replacedBy: next });
}

/** Closes what a new operation stands for. Somebody else may have decided on it just now: then that stands, and the new one is named. */
async function resolveReplaced(
  { services, principal }: RouteContext,
  operationId: string,
  next: string,
): Promise<StoredOperation> {
  try {
    return await services.store.resolve(operationId, { actor: principal.actor, note: `replaced by ${next}` });
  } catch (error) {
    if (!(error instanceof OperationStateError)) throw error;
    throw new ProblemError(
      'operation-conflict',
      `The record was accepted as ${next}, but ${operationId} was decided on meanwhile: ${error.message}`,
      { operationId },
    );
  }
}

function stillRefused(
  operation: OperationDetail,
  refused: { code: string; message: string; field?: string | undefined; action?: string | undefined } | undefined,
  ignored: string | undefined,
): ProblemError {
  if (!refused) {
    return new ProblemError(
      'operation-conflict',
      `The flow now leaves this record alone (${ignored ?? 'no flow takes it'}); resolve the failure instead.`,
      {
        operationId: operation.operationId,
      },
    );
  }
  return new ProblemError(
    'validation-failed',
    `The record still can't be mapped: ${refused.message} ${refused.action ?? ''}`.trim(),
    {
      operationId: operation.operationId,
      errors: [{ pointer: `#/${refused.field ?? ''}`, detail: refused.message, code: refused.code }],
    },
  );
}
