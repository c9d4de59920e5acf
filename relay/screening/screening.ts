import type { Guards } from '../../flows/conflict/screen-record';
import type { Flow } from '../../flows';
import type { NewOperation } from '../store/types';

/** What is known of a change beside the record itself. */
export interface ChangeOrigin {
  /** Version of the record at its source; null when it has none. */
  version: string | null;
  /** A machine made the change (an integration, a workflow): it may be our own write coming back in another form. */
  byMachine: boolean;
  /** When the flow wants it sent. */
  cadence: Flow['cadence'];
  /** Name of the CRM's flows, with object and id the address of the record there. */
  crm: string;
  /** The flow takes it only when another record needs it, or NetSuite has it already. */
  onlyNeeded: boolean;
  /** Units whose edit by the side that does not own them is a person's matter. */
  reviewed: readonly string[];
}

/** An operation that a flow made of a CRM's record, on its way to be judged. The store does not see `change`. */
export interface MappedOperation extends NewOperation {
  change?: ChangeOrigin | undefined;
}

/** Side of the store's shadows under which each kind of knowledge lies. */
export const SIDES = { crm: 'crm', netsuite: 'netsuite', hop: 'hop' } as const;

/** Where the number of crossings of our last write to a CRM's record lies. */
export const hopKey = (crm: string, object: string, crmId: string): string => `${crm}|${object}|${crmId}`.toLowerCase();

export const ALL_GUARDS: Guards = { content: true, version: true, hops: true };
