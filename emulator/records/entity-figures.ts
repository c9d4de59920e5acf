import type { Account, RecordData, Value } from '../kernel/types';
import { readColumn, readShown } from '../search/read-column';
import type { Figure } from './figure-types';
import { decimalsOf } from './money';

/** The search column of the same name; a record that is not stored yet has none. */
const column =
  (type: string, name: string): Figure =>
  (account, record) =>
    record.id === null ? null : readColumn(account, type, record.id, name);

const columns = (type: string, names: string): Record<string, Figure> =>
  Object.fromEntries(names.split(' ').map((name) => [name, column(type, name)]));

const shown = (names: string): Record<string, Figure> =>
  Object.fromEntries(
    names
      .split(' ')
      .map((name) => [
        name,
        (account: Account, { id }: RecordData) => (id === null ? null : readShown(account, id, name)),
      ]),
  );

/** Prepayments are transactions of a type of their own; a vendor without any has none left. */
function prepaymentBalance(account: Account, record: RecordData): Value | undefined {
  const some = account.store.list('vendorprepayment').some(({ fields }) => fields.entity === record.id);
  return record.id === null ? null : some ? undefined : 0;
}

const CUSTOMER: Record<string, Figure> = {
  ...shown(
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
    // Their own currency, where the others are in that of the subsidiary.
    balanceprimary: column('vendor', 'fxbalance'),
    unbilledordersprimary: column('vendor', 'fxunbilledorders'),
    prepaymentbalance: prepaymentBalance,
  },
  task: columns('task', 'actualtime timeremaining percenttimecomplete'),
  projecttask: columns('projecttask', 'actualwork percenttimecomplete'),
  supportcase: columns('supportcase', 'lastmessagedate'),
};
