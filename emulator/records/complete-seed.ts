import type { Account, RecordData, TypeMeta } from '../kernel/types';
import { assignLineIds } from './assign-line-ids';
import { assignNames } from './assign-names';
import { nowIso, today } from './clock-day';
import { computeTotals } from './compute-totals';
import { completeCosts, computeProfit } from './estimate-costs';
import { findReference } from './find-record';
import { isFulfillable, kindOf } from './item-kinds';
import { add, decimalsOf, isPercent, multiply, number } from './money';
import type { Settled } from './settled-by-seeds';
import { orderStatuses, statusText } from './order-status';

const SYSTEM_DATES = ['datecreated', 'createddate', 'created', 'lastmodifieddate', 'lastmodified'];

/** What a seeded row lacks and no real record lacks: names, line ids, dates, line amounts and totals. Given values stay. Answers whether anything was added. */
export function completeSeed(account: Account, meta: TypeMeta, record: RecordData, settled: Settled): boolean {
  const before = JSON.stringify([record.fields, record.sublists]);
  const given = { ...record.fields };
  if (meta.fields.isinactive) record.fields.isinactive ??= false;
  for (const id of SYSTEM_DATES) if (meta.fields[id]) record.fields[id] ??= nowIso(account);
  assignNames(account, meta, record, undefined);
  assignLineIds(account, meta, record);
  if (meta.group === 'transaction') completeTransaction(account, meta, record, settled);
  Object.assign(record.fields, withoutEmpty(given));
  return JSON.stringify([record.fields, record.sublists]) !== before;
}

const withoutEmpty = (fields: RecordData['fields']): RecordData['fields'] =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

function completeTransaction(account: Account, meta: TypeMeta, record: RecordData, settled: Settled): void {
  completeLines(account, record);
  if (meta.fields.trandate) record.fields.trandate ??= today(account);
  completeCosts(account, meta, record);
  if (record.fields.total === undefined || record.fields.total === null) computeTotals(account, meta, record);
  // A total without lines says nothing of what was sold.
  else if (record.sublists.item?.length) computeProfit(account, meta, record);
  completeOpenAmount(record, settled);
  const status = record.fields.status;
  if (record.fields.orderstatus === undefined && typeof status === 'string') {
    const code = Object.entries(orderStatuses(record.type)).find(
      ([, each]) => each.text === status || each.ref === status,
    )?.[0];
    if (code !== undefined) record.fields.orderstatus = code;
  }
  const words = statusText(account, record);
  if (!words) return;
  record.fields.status ??= words.text;
  record.fields.statusref ??= words.ref;
}

/** What is open of an invoice or a bill, and what is paid of it. */
function completeOpenAmount({ type, id, fields }: RecordData, settled: Settled): void {
  if ((type !== 'invoice' && type !== 'vendorbill') || typeof fields.total !== 'number') return;
  const isPaid = /^(paidInFull|Paid In Full|\w+:B)$/.test(String(fields.statusref ?? fields.status ?? ''));
  const paid = isPaid ? fields.total : settled(id!);
  fields.amountremaining ??= add([fields.total, -number(fields.amountpaid ?? paid)]);
  fields.amountpaid ??= add([fields.total, -number(fields.amountremaining)]);
}

function completeLines(account: Account, record: RecordData): void {
  const decimals = decimalsOf(account, record.fields.currency);
  for (const { fields } of record.sublists.item ?? []) {
    const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
    if (item) {
      fields.itemtype ??= kindOf(item);
      fields.fulfillable ??= isFulfillable(item);
    }
    // Searches know both movements as one column.
    if (typeof fields.quantityshiprecv === 'number')
      fields[
        record.type === 'purchaseorder' || record.type === 'returnauthorization'
          ? 'quantityreceived'
          : 'quantityfulfilled'
      ] ??= fields.quantityshiprecv;
    if (fields.amount !== undefined || fields.rate === undefined || fields.rate === null || isPercent(fields.rate))
      continue;
    fields.amount = multiply(number(fields.rate), number(fields.quantity ?? 1), decimals);
  }
}
