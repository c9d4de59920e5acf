import { mapChange, MapProblemError, type FlowSet, type MapProblem } from '../../flows';
import type { Flow } from '../../flows';
import type { ChangeEvent } from '../../contract';
import type { CrmConfig } from '../config/schema-crm';
import { attemptsOf } from '../delivery/decide-settlement';
import { outPool } from '../delivery/pools';
import { eventKey, type EventRouter, type RoutedEvent } from '../delivery/route-events';
import type { DeliveryBody } from '../delivery/write-to-crm';
import { countWrite } from '../screening/hops';
import type { NewOperation, Store } from '../store/types';

export interface FlowRouterOptions {
  crm: readonly CrmConfig[];
  /** The flows of an account, in both directions. */
  flows: (account: string) => FlowSet;
  retrySeconds: readonly number[];
  store: Pick<Store, 'getShadow'>;
  now: () => number;
}

/**
 * Changes of NetSuite through the flows towards the CRMs. Only fields that NetSuite or the relay owns are in such a flow, so a save of
 * our own never sends a CRM its own values back; what NetSuite made of them (numbers, states, balances) does travel.
 */
export class FlowRouter implements EventRouter {
  readonly #options: FlowRouterOptions;

  constructor(options: FlowRouterOptions) {
    this.#options = options;
  }

  async route(account: string, event: ChangeEvent): Promise<RoutedEvent> {
    const set = this.#options.flows(account);
    const operations = set.flows
      .filter((flow) => flow.enabled && flow.direction === 'toCrm' && flow.source === undefined)
      .flatMap((flow) => this.#targetsOf(flow).flatMap((target) => this.#deliver(account, event, flow, target, set)));
    const { store, now } = this.#options;
    const written = [...new Map(operations.map((one) => [one.flow, one])).values()].flatMap(
      ({ flow: id, object, crmId }) => {
        const crm = set.flows.find((flow) => flow.id === id)?.crm;
        return crm === undefined || typeof crmId !== 'string' ? [] : [{ account, crm, object, crmId, nowMs: now() }];
      },
    );
    const shadows = await Promise.all(written.map((write) => countWrite(store, write)));
    return { operations, shadows };
  }

  #targetsOf(flow: Flow): readonly CrmConfig[] {
    const named = this.#options.crm.filter(({ name }) => name === flow.crm);
    return named.length > 0 ? named : this.#options.crm.filter(({ kind }) => kind === flow.crm);
  }

  #deliver(account: string, event: ChangeEvent, flow: Flow, target: CrmConfig, set: FlowSet): NewOperation[] {
    const { recordType, internalId, crmId } = event.data;
    const { traceparent } = event;
    const common = {
      pool: outPool(target.name),
      source: 'netsuite',
      object: flow.object,
      flow: flow.id,
      lane: 'realtime' as const,
      recordType,
      action: 'update' as const,
      externalId: `${recordType}_${internalId}`.toUpperCase(),
      crmId: crmId ?? undefined,
      full: false,
      onFailure: 'release' as const,
      maxAttempts: flow.attempts ?? attemptsOf(this.#options.retrySeconds),
      dedupeKey: `${eventKey(account, event, target.name)}|${flow.id}`,
    };
    try {
      const change = mapChange(flow, event, set.context);
      if (change === null) return [];
      const { object, match, fields, onCreate, linkBack: prefix } = change;
      const suffix = set.context.settings['externalIdSuffix'];
      const named = { ...common, crmId: change.crmId ?? undefined };
      const body: DeliveryBody = {
        deliver: {
          object,
          match,
          fields,
          ...(flow.create ? { create: true } : {}),
          ...(Object.keys(onCreate).length > 0 ? { onCreate } : {}),
          ...(traceparent === undefined ? {} : { traceparent }),
        },
        ...(prefix === null
          ? {}
          : { link: { account, recordType, internalId, prefix, ...(typeof suffix === 'string' ? { suffix } : {}) } }),
      };
      return [{ ...named, body }];
    } catch (error) {
      if (!(error instanceof MapProblemError)) throw error;
      return [{ ...common, body: { event }, refused: failureOf(error.problem) }];
    }
  }
}

const failureOf = ({
  code,
  class: errorClass,
  message,
  field,
  remedy,
}: MapProblem): NonNullable<NewOperation['refused']> => ({
  code,
  class: errorClass,
  message,
  field,
  action: remedy,
});
