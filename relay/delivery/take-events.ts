import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { ChangeEvent, RequestAnswer } from '../../contract';
import type { EventSink, EventsTaken } from '../http/services';
import type { NewOperation, ShadowWrite, Store } from '../store/types';
import { carryOutRequest } from './carry-out-request';
import type { EventRouter } from './route-events';

/** Takes answers and sees to it that they arrive; returns at once. */
export type Answerer = (answers: readonly RequestAnswer[]) => void;

/** Where change events arrive, pushed and pulled alike: routed, then stored in one transaction with the position of the pull. */
export class EventInlet implements EventSink {
  readonly #store: Store;
  readonly #routers: () => readonly EventRouter[];
  readonly #log: Logger;
  readonly #answerers = new Map<string, Answerer>();
  readonly #jobListeners = new Map<string, () => void>();

  constructor(store: Store, routers: () => readonly EventRouter[], log: Logger) {
    this.#store = store;
    this.#routers = routers;
    this.#log = log;
  }

  /** Names the way back to an account for answers to requests. */
  answerThrough(account: string, answerer: Answerer): void {
    this.#answerers.set(account, answerer);
  }

  answer(account: string, answers: readonly RequestAnswer[]): void {
    if (answers.length > 0) this.#answerers.get(account)?.(answers);
  }

  /** Names who wants to know when a bulk job of an account has ended. */
  onJobEnd(account: string, listener: () => void): void {
    this.#jobListeners.set(account, listener);
  }

  async take(
    account: string,
    events: readonly ChangeEvent[],
    more: { cursors?: Readonly<Record<string, string>> } = {},
  ): Promise<EventsTaken> {
    const operations: NewOperation[] = [];
    const shadows: ShadowWrite[] = [];
    const owners: number[] = [];
    const answers: RequestAnswer[] = [];
    for (const [index, event] of events.entries()) {
      if (event.data.job) this.#jobListeners.get(account)?.();
      if (event.data.request) answers.push(await carryOutRequest(this.#store, event.data, this.#log));
      for (const router of this.#routers()) {
        const routed = await router.route(account, event, shadows);
        operations.push(...routed.operations);
        shadows.push(...routed.shadows);
        owners.push(...routed.operations.map(() => index));
      }
    }
    this.answer(account, answers);
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
}

/** A batch goes on with the trace of its first event; every delivery carries its own event's. */
function traceOfEvents(events: readonly ChangeEvent[]): { traceId: string; traceparent?: string } {
  const traceparent = events.find((event) => event.traceparent !== undefined)?.traceparent;
  const traceId = traceparent?.split('-')[1];
  return traceparent !== undefined && traceId !== undefined && /^[0-9a-f]{32}$/.test(traceId)
    ? { traceId, traceparent }
    : { traceId: randomBytes(16).toString('hex') };
}
