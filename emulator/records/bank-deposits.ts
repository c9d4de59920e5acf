import type { Account, LineData, RecordData } from '../kernel/types';
import { add, number } from './money';

/** What waits among the undeposited funds until a deposit takes it to the bank. */
const RECEIPTS = ['customerpayment', 'cashsale', 'customerdeposit'];

const idsOf = (record: RecordData | undefined): string[] =>
  record?.type !== 'deposit'
    ? []
    : (record.sublists.payment ?? [])
        .filter(({ fields }) => fields.deposit === true)
        .map(({ fields }) => String(fields.id));

function undeposited(account: Account): RecordData[] {
  const statement = account.store.db.prepare<[string]>(
    `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.undepfunds') IN ('T', 1)
     AND json_extract(data, '$.fields.depositedby') IS NULL ORDER BY id`,
  );
  return RECEIPTS.flatMap((type) =>
    (statement.all(type) as { id: number }[]).map(({ id }) => account.store.get(type, String(id))!),
  );
}

function lineOf(account: Account, receipt: RecordData): LineData {
  const { fields } = receipt;
  const amount = number(fields.payment ?? fields.total);
  return {
    fields: {
      deposit: false,
      id: Number(receipt.id),
      docdate: fields.trandate ?? null,
      docnumber: fields.tranid ?? null,
      type: account.registry.type(receipt.type)?.label ?? receipt.type,
      entity: fields.entity ?? fields.customer ?? null,
      paymentmethod: fields.paymentmethod ?? null,
      memo: fields.memo ?? null,
      currency: fields.currency ?? null,
      paymentamount: amount,
      transactionamount: amount,
    },
  };
}

/** The list `payment` of a deposit: what it holds, and what else could be deposited. */
export function offerUndeposited(account: Account, record: RecordData): void {
  if (record.type !== 'deposit') return;
  const lines = (record.sublists.payment ??= []);
  const known = new Set(lines.map(({ fields }) => String(fields.id)));
  lines.push(
    ...undeposited(account)
      .filter(({ id }) => !known.has(id!))
      .map((receipt) => lineOf(account, receipt)),
  );
}

export function keepDepositedLines(record: RecordData): void {
  if (record.type === 'deposit' && record.sublists.payment)
    record.sublists.payment = record.sublists.payment.filter(({ fields }) => fields.deposit === true);
}

/** What reaches the bank: the payments taken and other money, less the cash given back. */
export function depositTotal(record: RecordData, decimals: number): number {
  const sum = (sublist: string, field: string): number[] =>
    (record.sublists[sublist] ?? [])
      .filter(({ fields }) => sublist !== 'payment' || fields.deposit === true)
      .map(({ fields }) => number(fields[field]));
  return add(
    [
      ...sum('payment', 'paymentamount'),
      ...sum('other', 'amount'),
      ...sum('cashback', 'amount').map((amount) => -amount),
    ],
    decimals,
  );
}

/** Payments show whether a deposit has taken them; one that a deposit lets go waits again. */
export function settleDeposit(account: Account, record: RecordData | undefined, old: RecordData | undefined): void {
  const [after, before] = [idsOf(record), idsOf(old)];
  for (const id of new Set([...after, ...before])) {
    const receipt = account.store.getInGroup('transaction', id);
    if (!receipt || after.includes(id) === before.includes(id)) continue;
    const taken = after.includes(id);
    account.store.patch(receipt.type, id, {
      depositedby: taken ? record!.id : null,
      status: taken ? 'Deposited' : 'Not Deposited',
      statusref: taken ? 'deposited' : 'notDeposited',
    });
  }
}
