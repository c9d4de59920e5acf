import type { Account, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { add, decimalsOf, number } from './money';
import { isSettlement } from './open-documents';
import { statusText } from './order-status';

const SETTLED = new Set(['invoice', 'vendorbill', 'creditmemo', 'expensereport', 'vendorcredit', 'customerdeposit']);

/** What a settlement applies, by document; what a deposit application gives is taken from its deposit. */
export function appliedBy(record: RecordData | undefined): Map<string, number> {
  const amounts = new Map<string, number>();
  if (record?.type === 'depositapplication' && typeof record.fields.deposit === 'string')
    amounts.set(record.fields.deposit, number(record.fields.applied));
  const lists = record?.type === 'customerrefund' ? ['apply', 'deposit'] : ['apply'];
  for (const { fields } of lists.flatMap((list) => record?.sublists[list] ?? [])) {
    if (fields.apply !== true) continue;
    const doc = String(fields.doc ?? fields.internalid);
    amounts.set(doc, add([amounts.get(doc) ?? 0, number(fields.amount), number(fields.disc)]));
  }
  return amounts;
}

const sum = (amounts: Map<string, number>): number => add([...amounts.values()]);

const paidOf = ({ fields }: RecordData): number =>
  add([number(fields.total), -number(fields.amountremaining ?? fields.total)]);

/** Paid and open amount of a document, and the status that follows. */
export function writePaid(account: Account, record: RecordData, paid: number): void {
  const decimals = decimalsOf(account, record.fields.currency);
  record.fields.amountpaid = add([paid], decimals);
  record.fields.amountremaining = add([number(record.fields.total), -paid], decimals);
  const status = statusText(account, record);
  const { amountpaid, amountremaining } = record.fields;
  account.store.patch(record.type, record.id!, {
    amountpaid,
    amountremaining,
    ...(isSettlement(record.type) ? { applied: amountpaid, unapplied: amountremaining } : {}),
    ...(status ? { status: status.text, statusref: status.ref } : {}),
  });
}

/** After a document's own save: what was paid before stays paid; a credit counts what it applies itself. */
export function settleDocument(account: Account, record: RecordData, old: RecordData | undefined): void {
  if (!SETTLED.has(record.type)) return;
  const own = isSettlement(record.type) ? sum(appliedBy(record)) - sum(appliedBy(old)) : 0;
  writePaid(account, record, add([old ? paidOf(old) : 0, own]));
}

/** After a settlement's save: each document by the difference, so that amounts given by a seed stay the starting point. */
export function settleApplied(account: Account, record: RecordData | undefined, old: RecordData | undefined): void {
  const [after, before] = [appliedBy(record), appliedBy(old)];
  for (const id of new Set([...after.keys(), ...before.keys()])) {
    const change = add([after.get(id) ?? 0, -(before.get(id) ?? 0)]);
    const document = change === 0 ? undefined : findReference(account, 'transaction', id);
    if (document && SETTLED.has(document.type)) writePaid(account, document, add([paidOf(document), change]));
  }
}

const RECEIVABLE: [string, number][] = [
  ['invoice', 1],
  ['creditmemo', -1],
];

/** What waits for its approval or was refused it is not owed (page section_N1452887). */
const APPROVED = `coalesce(json_extract(data, '$.fields.approvalstatus'), '') NOT IN ('1', '3')`;

/** Sum over the documents of an entity; rows that were seeded may lack the figure and then count with `otherwise`. */
function sumOpen(
  account: Account,
  type: string,
  field: string,
  entity: string,
  column: string,
  { extra = '', otherwise = '0' } = {},
): number {
  account.store.ensureIndex(type, field);
  const found = account.store.db
    .prepare<[string, string]>(
      `SELECT coalesce(sum(coalesce(json_extract(data, '$.fields.${column}'), ${otherwise}, 0) * coalesce(json_extract(data, '$.fields.exchangerate'), 1)), 0)
       FROM record WHERE type = ? AND json_extract(data, '$.fields.${field}') = ? ${extra} AND ${APPROVED}`,
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
  const overdue = sumOpen(account, 'invoice', 'entity', id, 'amountremaining', {
    extra: `AND json_extract(data, '$.fields.duedate') < '${day}'`,
  });
  const deposits = sumOpen(account, 'customerdeposit', 'customer', id, 'amountremaining', {
    otherwise: `json_extract(data, '$.fields.payment')`,
  });
  account.store.patch(entity.type, id, {
    balance: add([...open, -unapplied]),
    overduebalance: add([overdue]),
    depositbalance: add([deposits]),
  });
}

/** What a customer owes too late, as of today: the days go on while nobody saves anything. A customer without invoices keeps what it was given. False when nothing can be owed. */
export function refreshOverdue(account: Account, entity: RecordData, day: string): boolean {
  // An account without invoices needs no index for them: it would cost every write.
  if (!STAGES.has(entity.type) || account.store.list('invoice', { limit: 1 }).length === 0) return false;
  account.store.ensureIndex('invoice', 'entity');
  const found = account.store.db
    .prepare<[string, string, string, string], { total: number; late: number | null; days: number | null }>(
      `SELECT count(*) AS total, max(CASE WHEN late THEN days END) AS days, sum(CASE WHEN late THEN open * rate END) AS late FROM (
         SELECT open, rate, due < ? AND open > 0 AS late, CAST(julianday(?) - julianday(due) AS INTEGER) AS days FROM (
           SELECT coalesce(json_extract(data, '$.fields.amountremaining'), 0) AS open, json_extract(data, '$.fields.duedate') AS due,
             coalesce(json_extract(data, '$.fields.exchangerate'), 1) AS rate
           FROM record WHERE type = ? AND json_extract(data, '$.fields.entity') = ? AND ${APPROVED}))`,
    )
    .get(day, day, 'invoice', entity.id!);
  if (!found || found.total === 0) return true;
  // Saves keep it on the record; a row that was put there as it is may lack it.
  entity.fields.balance ??= add(
    RECEIVABLE.map(([type, sign]) => sign * sumOpen(account, type, 'entity', entity.id!, 'amountremaining')),
  );
  entity.fields.overduebalance = add([found.late ?? 0]);
  entity.fields.daysoverdue = found.days;
  return true;
}

const STAGES = new Set(['customer', 'lead', 'prospect']);
