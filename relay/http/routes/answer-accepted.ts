import type { OperationState } from '../../store/types';
import type { Accepted } from '../accept/accept-request';
import type { MappedRecords } from '../accept/map-records';
import type { Preference } from '../headers';
import type { RouteContext } from '../request-context';
import { operationSummary } from '../views/operation-view';

/** States of which something will come by itself; a caller has nothing else to wait for. */
const OPEN: readonly OperationState[] = ['queued', 'sending', 'retrying'];

/** Seconds after which asking for the state makes sense. */
const POLL_AFTER_S = 1;

/** 202 with everything in the body (callers that can't read headers), or 200 with the outcome when waiting was asked for and worked. */
export async function answerAccepted(
  context: RouteContext,
  accepted: Accepted,
  mapped: Pick<MappedRecords, 'recordIndex' | 'ignored' | 'warnings'>,
  prefer: Preference,
): Promise<void> {
  const { services, response } = context;
  const { requestId } = accepted;
  const body = acceptedBody(accepted, mapped);
  if (requestId === '') {
    response.status(200).json(body);
    return;
  }
  response.location(body.statusUrl ?? '');
  if (prefer.waitS !== null && prefer.waitS > 0) {
    const outcomes = await outcomesOf(context, requestId, prefer.waitS * 1000);
    if (outcomes) {
      response.set('Preference-Applied', `wait=${prefer.waitS}`);
      response
        .status(200)
        .json({ ...body, operations: body.operations.map((one) => ({ ...one, ...outcomes.get(one.operationId) })) });
      return;
    }
  }
  if (prefer.respondAsync) response.set('Preference-Applied', 'respond-async');
  response.set('Retry-After', String(POLL_AFTER_S));
  response.status(202).json(body);
  services.log.debug({ requestId, accepted: body.accepted, outcome: accepted.outcome }, 'accepted');
}

export function acceptedBody(accepted: Accepted, mapped: Pick<MappedRecords, 'recordIndex' | 'ignored' | 'warnings'>) {
  const { requestId } = accepted;
  return {
    requestId: requestId === '' ? null : requestId,
    statusUrl: requestId === '' ? null : `/v1/operations/${requestId}`,
    accepted: accepted.operations.length,
    operations: accepted.operations.map((operation) => ({
      index: mapped.recordIndex[operation.index] ?? operation.index,
      operationId: operation.operationId,
      crmId: operation.crmId,
      key: operation.key,
      duplicateOf: operation.duplicateOf,
    })),
    ...(mapped.ignored.length > 0 ? { ignored: mapped.ignored } : {}),
    ...(mapped.warnings.length > 0 ? { warnings: mapped.warnings } : {}),
  };
}

/** The operations of a request once all are settled; null when that takes longer than the caller waits. */
async function outcomesOf({ services, response }: RouteContext, requestId: string, waitMs: number) {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once('close', leave);
  try {
    const isDone = async () => {
      const view = await services.store.getRequest(requestId);
      return view !== null && OPEN.every((state) => (view.counts[state] ?? 0) === 0);
    };
    if (!(await services.settlements.waitFor(requestId, isDone, waitMs, gone.signal))) return null;
    const view = await services.store.getRequest(requestId);
    return new Map((view?.operations ?? []).map((operation) => [operation.operationId, operationSummary(operation)]));
  } finally {
    response.off('close', leave);
  }
}
