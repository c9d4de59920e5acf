import type { Account, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { add, number } from './money';
import { appliedBy, writePaid } from './settle-documents';
import type { Settled } from './settled-by-seeds';

const SETTLES = new Set(['customerpayment', 'creditmemo', 'depositapplication', 'vendorpayment', 'vendorcredit']);
const OPEN = new Set(['invoice', 'vendorbill']);

/**
 * Payments and credits that are seeded after their documents. A document whose open amount is what its total and the earlier payments come to goes
 * on following them; one that was given another amount keeps that.
 */
export function settleSeeded(account: Account, records: RecordData[], made: Set<string>, settled: Settled): void {
  const own = new Set(records.map(({ id }) => id));
  const given = new Map<string, number>();
  for (const record of records.filter(({ type, id }) => SETTLES.has(type) && made.has(id!)))
    for (const [id, amount] of appliedBy(record)) given.set(id, add([given.get(id) ?? 0, amount]));
  for (const [id, amount] of given) {
    const document = own.has(id) ? undefined : findReference(account, 'transaction', id);
    if (!document || !OPEN.has(document.type)) continue;
    const { total, amountremaining } = document.fields;
    const before = add([settled(id), -amount]);
    if (typeof amountremaining !== 'number' || add([number(total), -before]) !== amountremaining) continue;
    writePaid(account, document, settled(id));
  }
}
