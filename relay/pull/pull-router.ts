import type { ChangeEvent } from '../../contract';
import type { EventRouter, RoutedEvent } from '../delivery/route-events';
import { pagesOfRecord } from './follow-pages';
import type { Puller } from './puller';

/**
 * A change event has the pages of its record read. The event is only a bell: what is written comes from the page, so an event that
 * is lost, late or doubled changes nothing but the moment.
 */
export class PullRouter implements EventRouter {
  readonly #pullers: () => ReadonlyMap<string, Puller>;

  constructor(pullers: () => ReadonlyMap<string, Puller>) {
    this.#pullers = pullers;
  }

  route(account: string, event: ChangeEvent): Promise<RoutedEvent> {
    this.#pullers().get(account)?.nudge(pagesOfRecord(event.data.recordType));
    return Promise.resolve({ operations: [], shadows: [] });
  }
}
