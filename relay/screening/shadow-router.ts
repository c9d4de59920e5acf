import type { ChangeEvent } from '../../contract';
import type { Flow, FlowSet } from '../../flows';
import { hashOf, knowledgeKey, readNetSuiteKnowledge } from '../../flows/conflict/knowledge';
import { learnFromEvent, stageOf } from '../../flows/conflict/learn-from-netsuite';
import type { EventRouter, RoutedEvent } from '../delivery/route-events';
import type { ShadowWrite, Store } from '../store/types';
import { SIDES } from './screening';

/** Keeps what NetSuite is known to hold in step with what others change there, so that no such change is taken for an echo. */
export class ShadowRouter implements EventRouter {
  readonly #store: Pick<Store, 'getShadows' | 'getOperation'>;
  readonly #flows: (account: string) => FlowSet;

  constructor(store: Pick<Store, 'getShadows' | 'getOperation'>, flows: (account: string) => FlowSet) {
    this.#store = store;
    this.#flows = flows;
  }

  async route(account: string, event: ChangeEvent, pending: readonly ShadowWrite[] = []): Promise<RoutedEvent> {
    const { externalId, origin } = event.data;
    if (externalId === null) return { operations: [], shadows: [] };
    const keys = this.#flows(account)
      .flows.filter((flow) => concerns(flow, event))
      .map((flow) => knowledgeKey(flow.id, externalId));
    if (keys.length === 0) return { operations: [], shadows: [] };
    const rows = await this.#store.getShadows(
      account,
      keys.map((key) => ({ side: SIDES.netsuite, key })),
    );
    const shadows: ShadowWrite[] = [];
    for (const row of rows) {
      const newer = pending.findLast(({ side, key }) => side === SIDES.netsuite && key === row.key);
      const known = readNetSuiteKnowledge((newer ?? row).projection);
      if (known === null || (await this.#isPast(origin, row.origin))) continue;
      // The save of the very operation that is confirmed says nothing new but the stage.
      const confirmed = origin.ownSave && origin.opId !== null && row.origin === origin.opId;
      const stage = stageOf(event.data.recordType);
      if (confirmed && (stage === null || stage === known.stage)) continue;
      const left = confirmed ? { ...known, stage } : learnFromEvent(known, event);
      const projection = left === null ? {} : { ...left };
      const { key, updatedAt } = row;
      const write = {
        pool: account,
        side: SIDES.netsuite,
        key,
        projection,
        hash: hashOf(projection),
        origin: event.id,
      };
      // A stage alone makes nothing void that a call under way will tell.
      shadows.push({ ...write, ...(confirmed ? { writtenAt: updatedAt } : {}) });
    }
    return { operations: [], shadows };
  }

  /**
   * Whether an event tells of a save of ours before the operation whose outcome is known: what that one sent was applied after it, and
   * whatever else is known came with it.
   */
  async #isPast(
    { ownSave, version }: ChangeEvent['data']['origin'],
    knownBy: string | null | undefined,
  ): Promise<boolean> {
    if (!ownSave || version === null || !knownBy) return false;
    const operation = await this.#store.getOperation(knownBy);
    return operation !== null && version < operation.version;
  }
}

function concerns(flow: Flow, { data: { recordType, externalId } }: ChangeEvent): boolean {
  if (flow.direction !== 'toNetSuite' || groupOfType(flow.recordType) !== groupOfType(recordType)) return false;
  return externalId?.toUpperCase().startsWith(`${flow.key.prefix}_`.toUpperCase()) === true;
}

/** Lead, prospect and customer are one record at different stages. */
const groupOfType = (type: string): string => (['lead', 'prospect'].includes(type) ? 'customer' : type);
