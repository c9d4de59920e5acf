import { extract, rawField } from './fields';
import type { SearchField } from './field-type';

type Make = (alias: string) => SearchField;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);
const rate = (row: string): string => `COALESCE(${own(row, 'exchangerate')}, 1)`;

/** What a record was given, or saves keep on it; else the sum over its documents of `type`, in base currency. */
function givenOrSum(
  alias: string,
  given: string,
  { type, who, amount, where = '' }: { type: string; who: string; amount: string; where?: string },
): SearchField {
  const documents = `FROM record v ${amount.includes('l.') ? `JOIN line l ON l.type = v.type AND l.id = v.id AND l.sublist IN ('item', 'expense') ` : ''}`;
  const sum = `SELECT ora_round(COALESCE(SUM(${amount} * ${rate('v')}), 0), 2) ${documents}WHERE v.type = '${type}' AND ${own('v', who)} = CAST(${alias}.id AS TEXT)${where}`;
  return rawField(`COALESCE(${own(alias, given)}, (${sum}))`, 'currency');
}

/** Approved orders that are neither billed nor closed: what of their lines is still to be billed. */
const unbilled =
  (type: string): Make =>
  (alias) => {
    const quantity = `COALESCE(${own('l', 'quantity')}, 0)`;
    const left = `CASE WHEN ${quantity} = 0 THEN 1.0 ELSE MAX(0, ${quantity} - COALESCE(${own('l', 'quantitybilled')}, 0)) * 1.0 / ${quantity} END`;
    return givenOrSum(alias, 'unbilledorders', {
      type,
      who: 'entity',
      amount: `COALESCE(${own('l', 'amount')}, 0) * ${left}`,
      where: ` AND COALESCE(${own('v', 'orderstatus')}, 'B') IN ('B', 'D', 'E', 'F') AND COALESCE(${own('l', 'isclosed')}, 0) NOT IN (1, 'T')`,
    });
  };

/** Orders and deposits of a customer that are still open. */
export const CUSTOMER_OPEN: Record<string, Make> = {
  unbilledorders: unbilled('salesorder'),
  depositbalance: (alias) =>
    givenOrSum(alias, 'depositbalance', {
      type: 'customerdeposit',
      who: 'customer',
      amount: `COALESCE(${own('v', 'amountremaining')}, ${own('v', 'payment')}, 0)`,
    }),
};

const openBills = (alias: string, type: string): string =>
  `(SELECT COALESCE(SUM(COALESCE(${own('v', 'amountremaining')}, 0) * ${rate('v')}), 0) FROM record v WHERE v.type = '${type}' AND ${own('v', 'entity')} = CAST(${alias}.id AS TEXT))`;

/** What is owed to a vendor, and ordered from it without a bill so far. */
export const VENDOR_OPEN: Record<string, Make> = {
  balance: (alias) =>
    rawField(
      `COALESCE(${own(alias, 'balance')}, ora_round(${openBills(alias, 'vendorbill')} - ${openBills(alias, 'vendorcredit')}, 2))`,
      'currency',
    ),
  unbilledorders: unbilled('purchaseorder'),
};
