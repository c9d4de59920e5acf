import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../contract';
import { StoreUnavailable } from '../../store/errors';
import type { EnqueueResult, NewOperation } from '../../store/types';
import { ProblemError } from '../problem';
import type { RelayServices } from '../services';
import type { Trace } from '../trace';

/** Seconds after which a caller should try again when nothing can be stored. */
const RETRY_AFTER_S = 10;

export interface RequestToAccept {
  source: string;
  trace: Trace;
  /** The parsed body: equal content counts as the same request, whatever its white space. */
  body: unknown;
  idempotencyKey?: string | undefined;
  /** What the key is valid for besides the source, e.g. the route. */
  idempotencyScope: string;
  operations: readonly NewOperation[];
}

export type Accepted = Extract<EnqueueResult, { outcome: 'accepted' | 'replayed' }>;

/** Stores a request. Returns after it is durable; throws a problem for a key that was used with another body. */
export async function acceptRequest(
  services: Pick<RelayServices, 'store' | 'metrics'>,
  request: RequestToAccept,
): Promise<Accepted> {
  const { source, trace, idempotencyKey, operations } = request;
  const result = await enqueue(services, {
    source,
    traceId: trace.traceId,
    traceparent: trace.traceparent,
    operations,
    ...(idempotencyKey === undefined
      ? {}
      : {
          idempotency: {
            scope: `${source}|${request.idempotencyScope}`,
            key: idempotencyKey,
            bodyHash: createHash('sha256')
              .update(canonicalJson(request.body as never))
              .digest('hex'),
          },
        }),
  });
  if (result.outcome === 'mismatch') {
    throw new ProblemError(
      'idempotency-key-reuse',
      `This Idempotency-Key was used for another body (request ${result.requestId}). Use a new key for new content.`,
    );
  }
  if (result.outcome === 'accepted') count(services.metrics, operations);
  return result;
}

async function enqueue(
  { store }: Pick<RelayServices, 'store'>,
  request: Parameters<RelayServices['store']['enqueue']>[0],
) {
  try {
    return await store.enqueue(request);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new ProblemError('store-unavailable', `Nothing was stored: ${error.message} Send the request again later.`, {
      retryAfterS: RETRY_AFTER_S,
    });
  }
}

function count(metrics: RelayServices['metrics'], operations: readonly NewOperation[]): void {
  for (const { source, object } of operations) metrics.accepted.inc({ source, object });
}
