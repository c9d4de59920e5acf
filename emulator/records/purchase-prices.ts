import type { Account, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { isStocked, kindOf } from './item-kinds';
import { multiply, number } from './money';

const PURCHASES = new Set(['itemreceipt', 'vendorbill']);

/** The last purchase price of what is bought and not kept in stock, in base currency; goods in stock get theirs with their value (`value-stock`). */
export function notePurchasePrices(account: Account, record: RecordData): void {
  if (!PURCHASES.has(record.type)) return;
  for (const { fields } of record.sublists.item ?? []) {
    const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
    if (!item || isStocked(kindOf(item)) || typeof fields.rate !== 'number') continue;
    if (!account.registry.type(item.type)?.fields.lastpurchaseprice) continue;
    const lastpurchaseprice = multiply(fields.rate, number(record.fields.exchangerate ?? 1), 8);
    account.store.patch(item.type, item.id!, { lastpurchaseprice });
  }
}
