import type { ReadRow } from '../../../../../contract/read-page';

/** One row for each order of the documents: what is invoiced, paid and open of it, or what is on its way. */
export function sumOrders(page: 'billing' | 'shipments', documents: readonly ReadRow[]): ReadRow[] {
  const byOrder = new Map<string, ReadRow[]>();
  for (const row of documents)
    byOrder.set(String(row['orderId']), [...(byOrder.get(String(row['orderId'])) ?? []), row]);
  const sum = page === 'billing' ? billingOf : shipmentsOf;
  return [...byOrder].map(([internalId, list]) => ({ ...headOf(internalId, list), ...sum(list) }));
}

const headOf = (internalId: string, [first]: readonly ReadRow[]): ReadRow => ({
  internalId,
  key: first?.['orderKey'] ?? null,
  orderNumber: first?.['orderNumber'] ?? null,
  currency: first?.['currency'] ?? null,
  customerKey: first?.['customerKey'] ?? null,
});

const texts = (rows: readonly ReadRow[], member: string): string[] =>
  [...new Set(rows.map((row) => row[member]).filter((value) => typeof value === 'string' && value !== ''))] as string[];

/** Cents, so that adding up amounts makes no new digits. */
const sumOf = (rows: readonly ReadRow[], member: string): number =>
  rows.reduce((sum, row) => sum + Math.round(Number(row[member] ?? 0) * 1e8), 0) / 1e8;

/** A voided invoice is worth nothing but stays in sight. */
function billingOf(documents: readonly ReadRow[]): ReadRow {
  const invoices = documents.filter((row) => row['type'] === 'CustInvc');
  const credits = documents.filter((row) => row['type'] === 'CustCred');
  const valid = invoices.filter((row) => row['voided'] !== true);
  const open = valid.filter((row) => Number(row['amountRemaining'] ?? 0) > 0);
  const due = texts(open.length > 0 ? open : valid, 'dueDate').sort();
  const paid = sumOf(valid, 'amountPaid');
  return {
    invoiceNumber: texts(invoices, 'number').join('; ') || null,
    // While something is open the first day it falls due, afterwards the last one.
    dueDate: (open.length > 0 ? due[0] : due.at(-1)) ?? null,
    total: sumOf(valid, 'total'),
    amountPaid: paid,
    amountRemaining: sumOf(valid, 'amountRemaining'),
    paymentStatus: paymentStatus(valid.length, open.length, paid),
    creditNumber: texts(credits, 'number').join('; ') || null,
    creditTotal: credits.length > 0 ? Math.abs(sumOf(credits, 'total')) : null,
  };
}

function paymentStatus(valid: number, open: number, paid: number): string {
  if (valid === 0) return 'Voided';
  if (open === 0) return 'Paid In Full';
  return paid > 0 ? 'Partially Paid' : 'Open';
}

function shipmentsOf(documents: readonly ReadRow[]): ReadRow {
  const shipped = documents.filter((row) => row['statusCode'] === 'C');
  const numbers = texts(documents, 'tracking').flatMap((list) => list.split('; '));
  // F pending billing, G billed, H closed: nothing is left to go out.
  const complete = texts(documents, 'orderStatusCode').some((code) => 'FGH'.includes(code));
  return {
    tracking: [...new Set(numbers)].join('; ') || null,
    carrier: texts(documents, 'carrier').join('; ') || null,
    shipDate: texts(shipped, 'date').sort().at(-1) ?? null,
    fulfillments: documents.length,
    fulfillmentStatus: shipped.length === 0 ? 'In Preparation' : complete ? 'Fulfilled' : 'Partially Fulfilled',
  };
}
