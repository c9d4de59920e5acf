import { spanIdOf, type CallInfo } from '../dispatch';
import type { Tracer } from '../telemetry/span';

/** A span for each call of NetSuite: its id is the one the call carried, so that what the scripts log belongs to it. */
export const traceCalls =
  (tracer: Tracer, account: string, now: () => number) =>
  ({ batch, ms, units, deferred, failure }: CallInfo): void => {
    const traces = [...new Set(batch.operations.map(({ traceId }) => traceId))];
    const [traceId] = traces;
    if (traceId === undefined) return;
    tracer({
      traceId,
      spanId: spanIdOf(batch.token),
      name: `NetSuite upsert ${batch.recordType}`,
      kind: 'client',
      startMs: now() - ms,
      endMs: now(),
      attributes: {
        'suiterelay.account': account,
        'suiterelay.batch': batch.batchId,
        'suiterelay.lane': batch.lane,
        'suiterelay.slot': batch.slot,
        'suiterelay.operations': batch.operations.length,
        'suiterelay.units': units ?? undefined,
        'suiterelay.deferred': deferred,
        'error.type': failure?.code,
      },
      error: failure && `${failure.code}: ${failure.message}`,
      links: traces.slice(1),
    });
  };
