import type { Account, RecordData, Value } from '../kernel/types';
import { readColumn, readShown } from '../search/read-column';
import { baseCurrency } from './base-currency';
import { addDays } from './clock-day';
import type { Figure } from './figure-types';
import { findReference } from './find-record';
import { add, decimalsOf, divide, number, share } from './money';
import { documentsOf, openAmount } from './open-documents';
import { CUSTOMER_STAGES } from './type-groups';

/** Types whose `balance` is that of the bank account, not of whom they are for. */
const FROM_BANK = new Set(['check', 'vendorpayment', 'creditcardcharge', 'creditcardrefund']);

function entityOf(account: Account, { fields }: RecordData): RecordData | undefined {
  const id = fields.entity ?? fields.customer;
  return typeof id === 'string' ? findReference(account, 'entity', id) : undefined;
}

/** What the form shows of the customer or vendor: a figure of theirs, by its names there. A transaction without one shows nothing. */
const ofEntity =
  (names: { customer?: string; vendor?: string }): Figure =>
  (account, record) => {
    if (FROM_BANK.has(record.type)) return undefined;
    const entity = entityOf(account, record);
    if (!entity) return null;
    if (CUSTOMER_STAGES.includes(entity.type))
      return names.customer === undefined ? undefined : readShown(account, entity.id!, names.customer);
    if (entity.type !== 'vendor' || names.vendor === undefined) return undefined;
    return readColumn(account, 'vendor', entity.id!, names.vendor);
  };

const sameAs =
  (field: string): Figure =>
  (_account, { fields }) =>
    fields[field] ?? null;

/** Credits of the vendor that nothing has used, in the currency of the transaction. */
function availableCredit(account: Account, record: RecordData): Value | undefined {
  const entity = entityOf(account, record);
  if (!entity) return null;
  const credits = documentsOf(account, entity.id!, 'vendorcredit')
    .filter(({ fields }) => fields.voided !== true)
    .map((credit) => openAmount(credit) * number(credit.fields.exchangerate ?? 1));
  return divide(add(credits), number(record.fields.exchangerate ?? 1), decimalsOf(account, record.fields.currency));
}

const currencyOf = (account: Account, { fields }: RecordData): string =>
  String(fields.currency ?? baseCurrency(account, fields.subsidiary));

const ofCurrency =
  (field: string): Figure =>
  (account, record) =>
    account.store.get('currency', currencyOf(account, record))?.fields[field] ?? null;

const termsOf = (account: Account, { fields }: RecordData): RecordData | undefined =>
  typeof fields.terms === 'string' ? account.store.get('term', fields.terms) : undefined;

/** What the terms give back to who pays early, and until when. */
function discountAmount(account: Account, record: RecordData): Value {
  const percent = number(termsOf(account, record)?.fields.discountpercent);
  if (percent === 0) return null;
  return share(number(record.fields.total), String(percent), decimalsOf(account, record.fields.currency));
}

function discountDate(account: Account, record: RecordData): Value {
  const terms = termsOf(account, record)?.fields;
  const day = record.fields.trandate;
  if (number(terms?.discountpercent) === 0 || typeof day !== 'string') return null;
  return addDays(day, number(terms?.daysuntilexpiry));
}

const sumOfLines =
  (column: string): Figure =>
  (account, { fields, sublists }) =>
    add(
      (sublists.line ?? []).map((line) => number(line.fields[column])),
      decimalsOf(account, fields.currency),
    );

/** An unbuild shows what of the assembly there is to take apart. */
function onHandOf(account: Account, { fields }: RecordData): Value {
  const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
  return item?.fields.quantityonhand ?? null;
}

/** Saves keep it; without the feature Gross Profit no transaction shows it (page section_N1764883). */
const ofProfit: Figure = (account, { fields }) =>
  account.feature('GROSSPROFIT') && fields.estgrossprofit === undefined ? undefined : null;

export const TRANSACTION_FIGURES: Record<string, Figure> = {
  totalcostestimate: ofProfit,
  estgrossprofit: ofProfit,
  estgrossprofitpercent: ofProfit,
  balance: ofEntity({ customer: 'balance', vendor: 'balance' }),
  consolidatebalance: ofEntity({ customer: 'consolbalance' }),
  unbilledorders: ofEntity({ customer: 'unbilledorders', vendor: 'unbilledorders' }),
  availablevendorcredit: availableCredit,
  altshippingcost: sameAs('shippingcost'),
  althandlingcost: sameAs('handlingcost'),
  amountremainingtotalbox: sameAs('amountremaining'),
  isbasecurrency: (account, record) => currencyOf(account, record) === baseCurrency(account, record.fields.subsidiary),
  currencyname: ofCurrency('name'),
  currencysymbol: ofCurrency('symbol'),
  discountamount: discountAmount,
  discountdate: discountDate,
  debittotal: sumOfLines('debit'),
  credittotal: sumOfLines('credit'),
  built: (account, record) => (record.type === 'workorder' ? 0 : onHandOf(account, record)),
  depositdate: (account, { fields }) =>
    typeof fields.deposit === 'string'
      ? (account.store.get('customerdeposit', fields.deposit)?.fields.trandate ?? null)
      : null,
};
