import type { TypeMeta } from '../kernel/types';
import { componentFields } from './assemblies';

/** Changes that a form answers at once (dynamic mode); an empty field id stands for "a line was committed or removed". */
const BODY = [
  'entity',
  'customer',
  'currency',
  'subsidiary',
  'billaddresslist',
  'shipaddresslist',
  'discountitem',
  'discountrate',
  'terms',
  'trandate',
  'shippingcost',
  'handlingcost',
  'exchangerate',
  'job',
  'company',
  'entitystatus',
  'account',
];
const ITEM_LINE = ['item', 'quantity', 'rate', 'amount', 'price', 'costestimatetype', ''];
const AMOUNT_LINE = ['amount', 'debit', 'credit', 'apply', 'disc', ''];

export const hasItemLines = (meta: TypeMeta): boolean =>
  meta.group === 'transaction' && meta.sublists.item !== undefined;

export function triggersOf(meta: TypeMeta): Record<string, string[]> {
  const triggers: Record<string, string[]> = {
    '': [...BODY.filter((id) => meta.fields[id]), ...componentFields(meta.id)],
  };
  if (meta.group !== 'transaction') return triggers;
  if (meta.sublists.item) triggers.item = ITEM_LINE;
  for (const id of ['expense', 'line', 'apply', 'credit', 'deposit', 'itemcost', 'expcost', 'time'])
    if (meta.sublists[id]) triggers[id] = AMOUNT_LINE;
  if (meta.id === 'customerpayment') triggers['']!.push('payment', 'autoapply');
  // What a bank deposit holds is among its payments, other deposits and cash back.
  if (meta.id === 'deposit')
    for (const id of ['payment', 'other', 'cashback']) triggers[id] = ['deposit', 'amount', ''];
  return triggers;
}
