import type { Account, RecordData } from '../kernel/types';
import { readShown } from '../search/read-column';
import { baseCurrency } from './base-currency';
import { refreshOverdue } from './settle-documents';
import { CUSTOMER_STAGES } from './type-groups';

const OWN = ['balance', 'overduebalance', 'depositbalance', 'unbilledorders'];
const CONSOLIDATED = [
  'consolbalance',
  'consoloverduebalance',
  'consoldepositbalance',
  'consolunbilledorders',
  'consoldaysoverdue',
];

/** A customer's own figures as of `day`. Those of its whole hierarchy are worked out when they are read (page bridgehead_N1288603). */
export function refreshOwed(account: Account, entity: RecordData, day: string): void {
  if (refreshOverdue(account, entity, day)) for (const name of CONSOLIDATED) delete entity.fields[name];
}

/** Rows keep amounts in base currency; the record of a customer with another currency shows that (page section_N1398493). */
export function showInOwnCurrency(account: Account, { type, id, fields }: RecordData): void {
  if (id === null || !CUSTOMER_STAGES.includes(type)) return;
  const held = OWN.filter((name) => typeof fields[name] === 'number');
  if (held.length === 0 || typeof fields.currency !== 'string') return;
  if (fields.currency === baseCurrency(account, fields.subsidiary)) return;
  for (const name of held) fields[name] = readShown(account, id, name);
}
