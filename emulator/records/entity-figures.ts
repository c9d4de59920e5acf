import type { Account, RecordData, Value } from '../kernel/types';
import { readColumn } from '../search/read-column';
import { baseCurrency } from './base-currency';
import type { Figure } from './figure-types';
import { decimalsOf, exchangeRate, divide } from './money';
import { today } from './clock-day';

/** The search column of the same name; a record that is not stored yet has none. */
const column =
  (type: string, name: string): Figure =>
  (account, record) =>
    record.id === null ? null : readColumn(account, type, record.id, name);

const columns = (type: string, names: string): Record<string, Figure> =>
  Object.fromEntries(names.split(' ').map((name) => [name, column(type, name)]));

/** A vendor's figure in the vendor's own currency; others are in that of its subsidiary. */
const inOwnCurrency =
  (name: string): Figure =>
  (account, record) => {
    const figure = column('vendor', name)(account, record);
    if (typeof figure !== 'number') return figure;
    const base = baseCurrency(account, record.fields.subsidiary);
    const currency = String(record.fields.currency ?? base);
    return divide(figure, exchangeRate(account, currency, base, today(account)), decimalsOf(account, currency));
  };

/** Prepayments are transactions of a type of their own; a vendor without any has none left. */
function prepaymentBalance(account: Account, record: RecordData): Value | undefined {
  const some = account.store.list('vendorprepayment').some(({ fields }) => fields.entity === record.id);
  return record.id === null ? null : some ? undefined : 0;
}

const CUSTOMER: Record<string, Figure> = {
  ...columns(
    'customer',
    'balance overduebalance depositbalance unbilledorders consolbalance consoloverduebalance consoldepositbalance consolunbilledorders consoldaysoverdue daysoverdue',
  ),
  currencyprecision: (account, { fields }) => decimalsOf(account, fields.currency),
  // A lead that came by a web site is stored with Yes.
  weblead: (_account, { id }) => (id === null ? null : 'No'),
};

export const ENTITY_FIGURES: Record<string, Record<string, Figure>> = {
  customer: CUSTOMER,
  prospect: CUSTOMER,
  lead: CUSTOMER,
  vendor: {
    ...columns('vendor', 'balance unbilledorders'),
    balanceprimary: inOwnCurrency('balance'),
    unbilledordersprimary: inOwnCurrency('unbilledorders'),
    prepaymentbalance: prepaymentBalance,
  },
  task: columns('task', 'actualtime timeremaining percenttimecomplete'),
  projecttask: columns('projecttask', 'actualwork percenttimecomplete'),
  supportcase: columns('supportcase', 'lastmessagedate'),
};
