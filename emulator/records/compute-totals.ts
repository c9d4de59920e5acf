import { depositTotal } from './bank-deposits';
import type { Account, LineData, RecordData, TypeMeta } from '../kernel/types';
import { computeProfit } from './estimate-costs';
import { add, decimalsOf, isPercent, number, share } from './money';

const amounts = (lines: LineData[] | undefined, field = 'amount'): number[] =>
  (lines ?? []).filter((line) => line.fields.itemtype !== 'Subtotal').map((line) => number(line.fields[field]));

/** Tax is off in the default account; `taxtotal` counts where a script or seed gives it. */
function computeSalesTotals(record: RecordData, meta: TypeMeta, decimals: number): void {
  const { fields, sublists } = record;
  const subtotal = add([...amounts(sublists.item), ...amounts(sublists.expense)], decimals);
  const rate = fields.discountrate;
  const discount =
    rate === undefined || rate === null ? 0 : isPercent(rate) ? share(subtotal, rate, decimals) : number(rate);
  if (meta.fields.subtotal) fields.subtotal = subtotal;
  if (meta.fields.discounttotal) fields.discounttotal = discount;
  const extras = [fields.shippingcost, fields.handlingcost, fields.taxtotal, fields.tax2total].map(number);
  fields.total = add([subtotal, discount, ...extras], decimals);
  if (meta.id === 'opportunity') {
    fields.projectedtotal = fields.total;
    fields.weightedtotal = share(number(fields.total), String(number(fields.probability)), decimals);
  }
  if (meta.id === 'vendorbill' || meta.id === 'vendorcredit') fields.usertotal = fields.total;
}

/** What the ticked lines of a list give. */
const ticked = (record: RecordData, sublist: string, decimals: number): number =>
  add(
    (record.sublists[sublist] ?? [])
      .filter((line) => line.fields.apply === true)
      .map((line) => number(line.fields.amount)),
    decimals,
  );

function computePaymentTotals(record: RecordData, decimals: number): void {
  const sum = ticked(record, 'apply', decimals);
  const { fields } = record;
  const credits = add([ticked(record, 'credit', decimals), ticked(record, 'deposit', decimals)], decimals);
  // What a vendor is paid is what the ticked bills come to.
  if (record.type === 'vendorpayment' || fields.payment === undefined || fields.payment === null)
    fields.payment = add([sum, -credits], decimals);
  fields.applied = sum;
  fields.unapplied = add([number(fields.payment), credits, -sum], decimals);
  fields.total = fields.payment;
}

/** `total` is what the deposit had left when the application was opened ("To Apply"). */
function computeApplication(record: RecordData, decimals: number): void {
  const { fields } = record;
  fields.applied = ticked(record, 'apply', decimals);
  fields.total ??= fields.applied;
  fields.unapplied = add([number(fields.total), -number(fields.applied)], decimals);
}

function computeJournalTotals(record: RecordData, decimals: number): void {
  const lines = record.sublists.line ?? [];
  record.fields.total = add(
    lines.map((line) => number(line.fields.debit)),
    decimals,
  );
}

const PAYMENTS = new Set(['customerpayment', 'vendorpayment']);

/** Body totals of a transaction from its lines. Types without money are left alone. */
export function computeTotals(account: Account, meta: TypeMeta, record: RecordData): void {
  if (meta.group !== 'transaction') return;
  const decimals = decimalsOf(account, record.fields.currency);
  if (PAYMENTS.has(meta.id)) computePaymentTotals(record, decimals);
  else if (meta.id === 'customerdeposit') record.fields.total = number(record.fields.payment);
  else if (meta.id === 'depositapplication') computeApplication(record, decimals);
  else if (meta.id === 'customerrefund')
    record.fields.total = add([ticked(record, 'apply', decimals), ticked(record, 'deposit', decimals)], decimals);
  else if (meta.id === 'deposit') record.fields.total = depositTotal(record, decimals);
  else if (/journalentry$/.test(meta.id)) computeJournalTotals(record, decimals);
  else if (meta.fields.total && (meta.sublists.item || meta.sublists.expense))
    computeSalesTotals(record, meta, decimals);
  computeProfit(account, meta, record);
}
