import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../contract';
import { StoreUnavailable } from '../../store/errors';
import { findMergedIn } from '../../crm/find-merged';
import { enqueueScreened, type ScreenServices } from '../../screening/enqueue-screened';
import type { MappedOperation } from '../../screening/screening';
import type { EnqueueResult, ShadowWrite } from '../../store/types';
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
  operations: readonly MappedOperation[];
  /** Knowledge that is stored with them. */
  shadows?: readonly ShadowWrite[];
}

/** What accepting works with. */
export type AcceptServices = Pick<RelayServices, 'store' | 'mapper' | 'metrics' | 'settings' | 'now' | 'log'>;

export type Accepted = Extract<EnqueueResult, { outcome: 'accepted' | 'replayed' }>;

/** Stores a request. Returns after it is durable; throws a problem for a key that was used with another body. */
export async function acceptRequest(services: AcceptServices, request: RequestToAccept): Promise<Accepted> {
  const { source, trace, idempotencyKey, operations } = request;
  const result = await enqueue(services, {
    source,
    traceId: trace.traceId,
    traceparent: trace.traceparent,
    operations,
    shadows: request.shadows,
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
  if (result.outcome === 'accepted') count(services.metrics, operations, result);
  return result;
}

async function enqueue(services: AcceptServices, request: Parameters<typeof enqueueScreened>[1]) {
  try {
    return await enqueueScreened(screenServices(services), request);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new ProblemError('store-unavailable', `Nothing was stored: ${error.message} Send the request again later.`, {
      retryAfterS: RETRY_AFTER_S,
    });
  }
}

/** What a notification that came twice would have added was accepted once. */
function count(
  { accepted, nameOf }: RelayServices['metrics'],
  given: readonly MappedOperation[],
  { operations }: Accepted,
): void {
  for (const { index, duplicateOf } of operations) {
    const operation = given[index];
    if (operation && duplicateOf === null) accepted.inc({ source: operation.source, object: nameOf(operation.object) });
  }
}

/** What judging a record needs, of the relay's services. */
export const screenServices = ({ store, mapper, settings, now, log, metrics }: AcceptServices): ScreenServices => ({
  store,
  guards: () => settings().config.guards,
  now,
  log,
  findMerged: findMergedIn({
    store,
    crm: () => settings().config.crm,
    sourceOfKey: (...key) => mapper.sourceOfKey(...key),
  }),
  onNote: ({ flow, outcome }) => metrics.screened.inc({ flow, outcome }),
});
