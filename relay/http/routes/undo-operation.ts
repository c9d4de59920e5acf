import { isAccountPool } from '../../delivery/pools';
import { acceptRequest } from '../accept/accept-request';
import { toOperation } from '../accept/to-operation';
import { undoRecord } from '../accept/undo-record';
import { requireAction } from '../authenticate';
import { assertCapacity } from '../capacity';
import { readPrefer } from '../headers';
import { ProblemError } from '../problem';
import type { Route } from '../request-context';
import { answerAccepted } from './answer-accepted';
import { visibleOperation } from './operations';

/**
 * POST /v1/operations/{id}/undo: an operation of its own that puts back what the other one changed in NetSuite. Asked for twice it is one.
 * The CRM still holds the newer value: correct it there too, or its next change brings it back.
 */
export const undoOperation: Route = async (context) => {
  const { services, request, principal, trace } = context;
  requireAction(principal, 'manage');
  await assertCapacity(services);
  const operation = await visibleOperation(context, String(request.params['id']));
  const { operationId, source, object, pool, crmId } = operation;
  const undo = isAccountPool(pool)
    ? undoRecord(operation)
    : { refused: 'Only writes to NetSuite can be undone; correct the record in NetSuite and it reaches the CRM.' };
  if ('refused' in undo) throw new ProblemError('operation-conflict', undo.refused, { operationId });
  const origin = { pool, source, object, lane: 'realtime' as const, requiresMs: services.mapper.requiresMs };
  const accepted = await acceptRequest(services, {
    source,
    trace,
    body: { undo: operationId },
    idempotencyKey: operationId,
    idempotencyScope: 'undo',
    operations: [{ ...toOperation(undo.record, origin), crmId: crmId ?? undefined }],
  });
  services.log.info({ operationId, actor: principal.actor, undoneBy: accepted.operations[0]?.operationId }, 'undo');
  const prefer = readPrefer(request.headers['prefer']);
  await answerAccepted(context, accepted, { recordIndex: [0], ignored: [], warnings: [] }, prefer);
};
