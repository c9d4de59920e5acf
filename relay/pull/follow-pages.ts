import type { ReadPageName, ReadRow } from '../../contract';

/**
 * What a document moves without leaving a date on it: a payment or credit settles invoices and changes the customer's balance. After rows
 * of the first page, the rows of `to` that `member` names are read too.
 */
const FOLLOW: Readonly<Partial<Record<ReadPageName, readonly { to: ReadPageName; member: string }[]>>> = {
  payments: [
    { to: 'invoices', member: 'invoiceIds' },
    { to: 'balances', member: 'customerId' },
  ],
  invoices: [
    { to: 'billing', member: 'orderId' },
    { to: 'balances', member: 'customerId' },
  ],
  credits: [
    { to: 'invoices', member: 'invoiceIds' },
    { to: 'billing', member: 'orderId' },
    { to: 'balances', member: 'customerId' },
  ],
  fulfillments: [
    { to: 'shipments', member: 'orderId' },
    { to: 'orderLines', member: 'orderId' },
    { to: 'orders', member: 'orderId' },
  ],
};

/** Pages that are worth reading for the sake of these: themselves, and those that lead to them. */
export function pagesLeadingTo(active: ReadonlySet<ReadPageName>): Set<ReadPageName> {
  const wanted = new Set(active);
  // Two steps are the longest way: payments, invoices, billing.
  for (let step = 0; step < 2; step += 1) {
    for (const [page, targets] of Object.entries(FOLLOW)) {
      if (targets.some(({ to }) => wanted.has(to))) wanted.add(page as ReadPageName);
    }
  }
  return wanted;
}

/** Whether rows of a page have others read, at once or over a step between. */
export function leadsTo(page: ReadPageName, active: ReadonlySet<ReadPageName>): boolean {
  const targets = FOLLOW[page] ?? [];
  return targets.some(({ to }) => active.has(to) || (FOLLOW[to] ?? []).some((next) => active.has(next.to)));
}

/** Ids to read on other pages after these rows. */
export function idsToFollow(
  page: ReadPageName,
  rows: readonly ReadRow[],
  wanted: ReadonlySet<ReadPageName>,
): Map<ReadPageName, string[]> {
  const found = new Map<ReadPageName, string[]>();
  for (const { to, member } of FOLLOW[page] ?? []) {
    if (!wanted.has(to)) continue;
    const ids = rows.flatMap((row) => String(row[member] ?? '').split(','));
    const distinct = [...new Set(ids.map((id) => id.trim()).filter((id) => /^\d+$/.test(id)))];
    if (distinct.length > 0) found.set(to, distinct);
  }
  return found;
}

/** Pages that a change of a record type shows on. */
const PAGES_OF_RECORD: Readonly<Record<string, readonly ReadPageName[]>> = {
  customer: ['customers'],
  salesorder: ['orders', 'orderLines'],
  itemfulfillment: ['fulfillments'],
  invoice: ['invoices', 'invoiceLines'],
  customerpayment: ['payments'],
  creditmemo: ['credits'],
  customerrefund: ['credits'],
  customerdeposit: ['credits'],
};

/** A change event's pages; items are of many types. */
export const pagesOfRecord = (recordType: string): readonly ReadPageName[] =>
  PAGES_OF_RECORD[recordType] ?? (recordType.endsWith('item') ? ['items', 'prices'] : []);
