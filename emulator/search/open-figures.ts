import { extract, rawField } from './fields';
import type { SearchField } from './field-type';
import { isUnapproved } from '../suiteql/catalog/posting';
import { inBase, inCurrencyOf, type OpenAmount, type OpenDocuments } from './open-amounts';

type Make = (alias: string) => SearchField;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);

/** What waits for its approval is not owed yet. */
const APPROVED = ` AND NOT ${isUnapproved('v')}`;

const remaining = (type: string, sign?: '-'): OpenDocuments => ({
  ...(sign ? { sign } : {}),
  type,
  who: 'entity',
  amount: `COALESCE(${own('v', 'amountremaining')}, 0)`,
  where: APPROVED,
});

/** Approved orders that are neither billed nor closed: what of their lines is still to be billed. */
function unbilled(type: string): OpenAmount {
  const quantity = `COALESCE(${own('l', 'quantity')}, 0)`;
  const left = `CASE WHEN ${quantity} = 0 THEN 1.0 ELSE MAX(0, ${quantity} - COALESCE(${own('l', 'quantitybilled')}, 0)) * 1.0 / ${quantity} END`;
  return {
    given: 'unbilledorders',
    documents: [
      {
        type,
        who: 'entity',
        amount: `COALESCE(${own('l', 'amount')}, 0) * ${left}`,
        lines: true,
        where: ` AND COALESCE(${own('v', 'orderstatus')}, 'B') IN ('B', 'D', 'E', 'F') AND COALESCE(${own('l', 'isclosed')}, 0) NOT IN (1, 'T')`,
      },
    ],
  };
}

/** What a customer owes, owes too late as of today, has paid ahead and has ordered. */
export const CUSTOMER_AMOUNTS = {
  balance: {
    given: 'balance',
    documents: [
      remaining('invoice'),
      remaining('creditmemo', '-'),
      { sign: '-', type: 'customerpayment', who: 'customer', amount: `COALESCE(${own('v', 'unapplied')}, 0)` },
    ],
  },
  overduebalance: {
    given: 'overduebalance',
    byDay: true,
    documents: [
      {
        ...remaining('invoice'),
        where: `${APPROVED} AND ${own('v', 'duedate')} < substr(:now, 1, 10) AND COALESCE(${own('v', 'amountremaining')}, 0) > 0`,
      },
    ],
  },
  depositbalance: {
    given: 'depositbalance',
    documents: [
      {
        type: 'customerdeposit',
        who: 'customer',
        amount: `COALESCE(${own('v', 'amountremaining')}, ${own('v', 'payment')}, 0)`,
      },
    ],
  },
  unbilledorders: unbilled('salesorder'),
} satisfies Record<string, OpenAmount>;

/** What is owed to a vendor, and ordered from it without a bill so far. */
const VENDOR_AMOUNTS = {
  balance: { given: 'balance', documents: [remaining('vendorbill'), remaining('vendorcredit', '-')] },
  unbilledorders: unbilled('purchaseorder'),
} satisfies Record<string, OpenAmount>;

const based =
  (amount: OpenAmount): Make =>
  (alias) =>
    rawField(inBase(amount, alias), 'currency');
const foreign =
  (amount: OpenAmount): Make =>
  (alias) =>
    rawField(inCurrencyOf(amount, alias), 'currency');

export const CUSTOMER_OPEN: Record<string, Make> = Object.fromEntries(
  Object.entries(CUSTOMER_AMOUNTS).map(([name, amount]) => [name, based(amount)]),
);
/** The same in the customer's primary currency: as its record shows them, and searches by names of their own. */
export const CUSTOMER_FOREIGN: Record<keyof typeof CUSTOMER_AMOUNTS, Make> = {
  balance: foreign(CUSTOMER_AMOUNTS.balance),
  overduebalance: foreign(CUSTOMER_AMOUNTS.overduebalance),
  depositbalance: foreign(CUSTOMER_AMOUNTS.depositbalance),
  unbilledorders: foreign(CUSTOMER_AMOUNTS.unbilledorders),
};

export const VENDOR_OPEN: Record<string, Make> = {
  balance: based(VENDOR_AMOUNTS.balance),
  unbilledorders: based(VENDOR_AMOUNTS.unbilledorders),
};
export const VENDOR_FOREIGN: Record<string, Make> = {
  fxbalance: foreign(VENDOR_AMOUNTS.balance),
  fxunbilledorders: foreign(VENDOR_AMOUNTS.unbilledorders),
};
