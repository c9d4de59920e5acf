import { randomBytes } from 'node:crypto';
import type { ReadRow } from '../../contract';
import type { Flow, FlowSet } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import { rowOperations, targetsOf } from '../pull/row-operations';
import type { Store } from '../store/types';
import { customerOfRecord } from './customer-of-record';
import type { ContextFinder, CustomerContext } from './find-context';
import { rememberRecord } from './watched-records';

export interface ContextOptions {
  finder: ContextFinder;
  store: Store;
  crm: readonly CrmConfig[];
  set: (account: string) => FlowSet;
  retrySeconds: readonly number[];
  now: () => number;
}

export interface RecordInContext {
  account: string;
  /** CRM in the configuration, and the source whose records it holds. */
  crm: string;
  source: string;
  object: string;
  id: string;
  record: unknown;
}

/** What a record shows that has no customer in NetSuite: nothing, and why. */
const NOTHING = {
  active: null,
  entitlementEnd: null,
  purchasedItems: null,
  openShipments: null,
  overdueBalance: null,
  stockStatus: null,
};

/** The context as row of a flow: what is known, or a note why nothing is. */
export function contextRow(found: CustomerContext | null, why: string | null, nowMs: number): ReadRow {
  const asOf = found?.asOf ?? new Date(nowMs).toISOString();
  const note = found?.row ? null : (why ?? 'No context: NetSuite has no customer for this account.');
  return { ...NOTHING, ...found?.row, note, asOf };
}

/**
 * Has a case or ticket show what NetSuite knows of its customer. A record without one says so; that is no failure. What it shows
 * already is not written again, so that its own write, seen as a change, ends there.
 */
export async function writeContext(
  options: ContextOptions,
  flows: readonly Flow[],
  named: RecordInContext,
): Promise<void> {
  const { store, finder, retrySeconds, now } = options;
  const { account, id, record } = named;
  const set = options.set(account);
  for (const flow of flows) {
    const customer = customerOfRecord(flow, record, set);
    // Remembered before NetSuite is asked: what changes there meanwhile has the record read again.
    if ('key' in customer) await rememberRecord(store, { ...named, customer: customer.key }, now());
    const found = 'key' in customer ? await finder.find(account, customer.key) : null;
    const row = { ...contextRow(found, 'why' in customer ? `No context: ${customer.why}` : null, now()), recordId: id };
    const crm = targetsOf(flow, options.crm).filter(({ name }) => name === named.crm);
    const { operations, shadows } = await rowOperations(
      { store, account, crm, set, retrySeconds, now, lane: 'realtime' },
      [flow],
      [row],
    );
    if (operations.length === 0) continue;
    await store.enqueue({ source: 'netsuite', traceId: randomBytes(16).toString('hex'), operations, shadows });
  }
}
