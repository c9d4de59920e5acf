import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { ChangeEvent } from '../../contract';
import type { EventSink, EventsTaken } from '../http/services';
import { OperationNotFound, OperationStateError } from '../store/errors';
import type { NewOperation, ShadowWrite, Store } from '../store/types';
import type { EventRouter } from './route-events';

/** Where change events arrive, pushed and pulled alike: routed, then stored in one transaction with the position of the pull. */
export class EventInlet implements EventSink {
  readonly #store: Store;
  readonly #routers: () => readonly EventRouter[];
  readonly #log: Logger;

  constructor(store: Store, routers: () => readonly EventRouter[], log: Logger) {
    this.#store = store;
    this.#routers = routers;
    this.#log = log;
  }

  async take(
    account: string,
    events: readonly ChangeEvent[],
    more: { cursors?: Readonly<Record<string, string>> } = {},
  ): Promise<EventsTaken> {
    const operations: NewOperation[] = [];
    const shadows: ShadowWrite[] = [];
    const owners: number[] = [];
    for (const [index, event] of events.entries()) {
      if (event.data.request) await this.#carryOut(event.data.request);
      for (const router of this.#routers()) {
        const routed = await router.route(account, event, shadows);
        operations.push(...routed.operations);
        shadows.push(...routed.shadows);
        owners.push(...routed.operations.map(() => index));
      }
    }
    const cursors = more.cursors;
    if (operations.length === 0 && shadows.length === 0) {
      for (const [name, value] of Object.entries(cursors ?? {})) await this.#store.setCursor(name, value);
      return { accepted: events.length, duplicates: 0 };
    }
    const result = await this.#store.enqueue({
      source: 'netsuite',
      ...traceOfEvents(events),
      operations,
      shadows,
      cursors,
    });
    if (result.outcome === 'mismatch') throw new Error('a request without idempotency key can not mismatch');
    const known = new Set(
      result.operations.filter(({ duplicateOf }) => duplicateOf !== null).map(({ index }) => owners[index]),
    );
    return { accepted: events.length - known.size, duplicates: known.size };
  }

  /** An administrator asked, on the failure's record in NetSuite, that an operation be tried again or closed. */
  async #carryOut({ opId, action, note }: NonNullable<ChangeEvent['data']['request']>): Promise<void> {
    const actor = 'netsuite:administrator';
    try {
      if (action === 'retry') await this.#store.replay(opId, { actor });
      else await this.#store.resolve(opId, { actor, note: note ?? 'resolved in NetSuite' });
    } catch (error) {
      // Asked twice, or decided here meanwhile: the state says what holds.
      if (!(error instanceof OperationNotFound) && !(error instanceof OperationStateError)) throw error;
      this.#log.info({ operationId: opId, action, reason: error.message }, 'request from NetSuite has nothing to do');
    }
  }
}

/** A batch goes on with the trace of its first event; every delivery carries its own event's. */
function traceOfEvents(events: readonly ChangeEvent[]): { traceId: string; traceparent?: string } {
  const traceparent = events.find((event) => event.traceparent !== undefined)?.traceparent;
  const traceId = traceparent?.split('-')[1];
  return traceparent !== undefined && traceId !== undefined && /^[0-9a-f]{32}$/.test(traceId)
    ? { traceId, traceparent }
    : { traceId: randomBytes(16).toString('hex') };
}
