import type { Account, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { add, decimalsOf, number } from './money';
import { isSettlement } from './open-documents';
import { statusText } from './order-status';

const SETTLING = [
  'customerpayment',
  'creditmemo',
  'depositapplication',
  'customerrefund',
  'vendorpayment',
  'vendorcredit',
];
const SETTLED = new Set(['invoice', 'vendorbill', 'creditmemo', 'expensereport', 'vendorcredit']);

const docsOf = (record: RecordData | undefined): string[] =>
  (record?.sublists.apply ?? [])
    .filter((line) => line.fields.apply === true)
    .map((line) => String(line.fields.doc ?? line.fields.internalid));

/** What payments and credits have been applied to a document, over all of them. */
function appliedTo(account: Account, doc: string): number {
  account.store.ensureIndex('customerpayment', 'doc', 'apply');
  const statement = account.store.db
    .prepare<[string, string]>(
      `SELECT coalesce(sum(json_extract(data, '$.fields.amount')), 0) FROM line
       WHERE type = ? AND sublist = 'apply' AND json_extract(data, '$.fields.doc') = ? AND json_extract(data, '$.fields.apply') = 1`,
    )
    .pluck();
  return add(SETTLING.map((type) => Number(statement.get(type, doc))));
}

/** Paid and open amount of a document, and the status that follows. A credit's own applications count as well. */
export function settleDocument(account: Account, record: RecordData): void {
  if (!SETTLED.has(record.type)) return;
  const decimals = decimalsOf(account, record.fields.currency);
  const own = add(
    (record.sublists.apply ?? [])
      .filter((line) => line.fields.apply === true)
      .map((line) => number(line.fields.amount)),
    decimals,
  );
  const paid = add([appliedTo(account, record.id!), isSettlement(record.type) ? own : 0], decimals);
  record.fields.amountpaid = paid;
  record.fields.amountremaining = add([number(record.fields.total), -paid], decimals);
  const status = statusText(account, record);
  const { amountpaid, amountremaining } = record.fields;
  account.store.patch(record.type, record.id!, {
    amountpaid,
    amountremaining,
    ...(isSettlement(record.type) ? { applied: own, unapplied: amountremaining } : {}),
    ...(status ? { status: status.text, statusref: status.ref } : {}),
  });
}

/** All documents that a settlement touches now or touched before. */
export function settleApplied(account: Account, record: RecordData | undefined, old: RecordData | undefined): void {
  for (const id of new Set([...docsOf(record), ...docsOf(old)])) {
    const document = findReference(account, 'transaction', id);
    if (document) settleDocument(account, document);
  }
}

const RECEIVABLE: [string, number][] = [
  ['invoice', 1],
  ['creditmemo', -1],
];

function sumOpen(account: Account, type: string, field: string, entity: string, column: string, extra = ''): number {
  account.store.ensureIndex(type, field);
  const found = account.store.db
    .prepare<[string, string]>(
      `SELECT coalesce(sum(coalesce(json_extract(data, '$.fields.${column}'), 0) * coalesce(json_extract(data, '$.fields.exchangerate'), 1)), 0)
       FROM record WHERE type = ? AND json_extract(data, '$.fields.${field}') = ? ${extra}`,
    )
    .pluck();
  return Number(found.get(type, entity));
}

const TOUCHING = new Set([
  'invoice',
  'creditmemo',
  'customerpayment',
  'customerdeposit',
  'depositapplication',
  'customerrefund',
  'vendorbill',
  'vendorpayment',
  'vendorcredit',
]);

/** Balances of the customer or vendor behind a document, in base currency. */
export function recountBalance(account: Account, record: RecordData, day: string): void {
  const id = record.fields.entity ?? record.fields.customer;
  if (!TOUCHING.has(record.type) || typeof id !== 'string') return;
  const entity = findReference(account, 'entity', id);
  if (!entity) return;
  if (entity.type === 'vendor') {
    const owed =
      sumOpen(account, 'vendorbill', 'entity', id, 'amountremaining') -
      sumOpen(account, 'vendorcredit', 'entity', id, 'amountremaining');
    account.store.patch(entity.type, id, { balance: add([owed]) });
    return;
  }
  const open = RECEIVABLE.map(([type, sign]) => sign * sumOpen(account, type, 'entity', id, 'amountremaining'));
  const unapplied = sumOpen(account, 'customerpayment', 'customer', id, 'unapplied');
  const overdue = sumOpen(
    account,
    'invoice',
    'entity',
    id,
    'amountremaining',
    `AND json_extract(data, '$.fields.duedate') < '${day}'`,
  );
  const deposits = sumOpen(account, 'customerdeposit', 'customer', id, 'payment');
  account.store.patch(entity.type, id, {
    balance: add([...open, -unapplied]),
    overduebalance: add([overdue]),
    depositbalance: add([deposits]),
  });
}
