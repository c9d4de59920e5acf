import type { ChangeEvent } from '../../contract';
import type { CrmConfig } from '../config/schema-crm';
import type { NewOperation, ShadowWrite } from '../store/types';
import { attemptsOf } from './decide-settlement';
import { outPool } from './pools';
import type { DeliveryBody } from './write-to-crm';

/** What one change event leads to: writes to CRMs, and what a side is known to hold from now on. */
export interface RoutedEvent {
  operations: NewOperation[];
  shadows: ShadowWrite[];
}

/** Decides where an event goes. Several are asked one after another; each adds its own. */
export interface EventRouter {
  /** `pending` are the shadows that earlier events of the same batch lead to. */
  route(account: string, event: ChangeEvent, pending: readonly ShadowWrite[]): Promise<RoutedEvent>;
}

/** The same event for the same target again adds nothing. */
export const eventKey = (account: string, event: ChangeEvent, target: string): string =>
  `netsuite|${account}|${event.id}|${target}`;

/** Every event, as it is, to the webhook targets that take its type. Our own writes coming back are left out unless asked for. */
export class WebhookRouter implements EventRouter {
  readonly #targets: readonly CrmConfig[];
  readonly #retrySeconds: readonly number[];

  constructor(crm: readonly CrmConfig[], retrySeconds: readonly number[]) {
    this.#targets = crm.filter(({ kind }) => kind === 'webhook');
    this.#retrySeconds = retrySeconds;
  }

  route(account: string, event: ChangeEvent): Promise<RoutedEvent> {
    const operations = this.#targets
      .filter((target) => takes(target, event))
      .map((target) => this.#delivery(account, event, target));
    return Promise.resolve({ operations, shadows: [] });
  }

  #delivery(account: string, event: ChangeEvent, target: CrmConfig): NewOperation {
    const { recordType, internalId, crmId } = event.data;
    const { traceparent } = event;
    const body: DeliveryBody = {
      deliver: {
        object: recordType,
        match: null,
        fields: {},
        event,
        ...(traceparent === undefined ? {} : { traceparent }),
      },
    };
    return {
      pool: outPool(target.name),
      source: 'netsuite',
      object: recordType,
      lane: 'realtime',
      recordType,
      action: 'update',
      externalId: `${recordType}_${internalId}`.toUpperCase(),
      crmId: crmId ?? undefined,
      body,
      // Each event speaks for itself: a lost one must not hold back the next.
      full: false,
      onFailure: 'release',
      maxAttempts: attemptsOf(this.#retrySeconds),
      dedupeKey: eventKey(account, event, target.name),
    };
  }
}

/** `types` of a target: record types it takes, all when left out; `ownWrites` adds the saves of the relay itself. */
function takes(target: CrmConfig, event: ChangeEvent): boolean {
  if (event.data.origin.ownSave && target.ownWrites !== true) return false;
  return target.recordTypes === undefined || target.recordTypes.includes(event.data.recordType);
}
