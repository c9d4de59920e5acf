import { randomBytes } from 'node:crypto';
import type { ReadPage } from '../../contract';
import type { Store } from '../store/types';
import type { ContextFinder } from './find-context';
import { recordsToRefresh } from './watched-records';

/** Pages whose rows say that what is known of a customer has changed. */
const PAGES: ReadonlySet<string> = new Set(['orders', 'fulfillments', 'invoices', 'payments', 'credits']);

/** Has the cases and tickets of customers read again whose rows just came. */
export async function refreshContext(
  { finder, store, now }: { finder: ContextFinder; store: Pick<Store, 'getShadows' | 'enqueue'>; now: () => number },
  account: string,
  { page, rows }: ReadPage,
): Promise<void> {
  if (!PAGES.has(page)) return;
  const keys = rows.flatMap(({ customerKey }) => (typeof customerKey === 'string' ? [customerKey.toUpperCase()] : []));
  const customers = [...new Set(keys)];
  // Also where nothing shows it yet: the next case of the customer must not be told what was known before.
  finder.forget(account, customers);
  const operations = await recordsToRefresh(store, account, customers, now());
  if (operations.length === 0) return;
  await store.enqueue({ source: 'relay', traceId: randomBytes(16).toString('hex'), operations });
}
