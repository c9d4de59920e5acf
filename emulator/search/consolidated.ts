import type { SearchField } from './field-type';
import { extract, rawField } from './fields';
import { inBase, inCurrencyOf } from './open-amounts';
import { CUSTOMER_AMOUNTS } from './open-figures';
import { CUSTOMER_OVERDUE } from './overdue-fields';

type Make = (alias: string) => SearchField;
type Amount = keyof typeof CUSTOMER_AMOUNTS;

const own = (row: string, field: string): string => extract(`${row}.data`, field);

/** Ids of the customer at the top and of all below it, whichever of them `alias` is. */
const hierarchy = (alias: string): string =>
  `WITH RECURSIVE up(id, parent) AS (SELECT ${alias}.id, ${own(alias, 'parent')} ` +
  `UNION SELECT p.id, ${own('p', 'parent')} FROM up JOIN record p ON p.type = 'customer' AND p.id = CAST(up.parent AS INTEGER)), ` +
  `tree(id) AS (SELECT id FROM up UNION SELECT c.id FROM tree JOIN record c ON c.type = 'customer' AND ${own('c', 'parent')} = '' || tree.id)`;

const over = (alias: string, aggregate: string): string =>
  `(${hierarchy(alias)} SELECT ${aggregate} FROM tree JOIN record h ON h.type = 'customer' AND h.id = tree.id)`;

const based =
  (name: Amount): Make =>
  (alias) =>
    rawField(over(alias, `ora_round(SUM(COALESCE(${inBase(CUSTOMER_AMOUNTS[name], 'h')}, 0)), 2)`), 'currency');

const foreign =
  (name: Amount): Make =>
  (alias) =>
    rawField(over(alias, `ora_round(SUM(${inCurrencyOf(CUSTOMER_AMOUNTS[name], 'h', alias)}), 2)`), 'currency');

/**
 * What a customer's whole hierarchy owes: parent and subcustomers together, the same for each of them (Consolidated Payments,
 * page bridgehead_N1288603: "the total of all open invoices for the entire customer-subcustomer hierarchy").
 */
export const CONSOLIDATED: Record<string, Make> = {
  consolbalance: based('balance'),
  consoloverduebalance: based('overduebalance'),
  consoldaysoverdue: (alias) =>
    rawField(over(alias, `MAX(${CUSTOMER_OVERDUE.daysoverdue?.('h').value.sql ?? 'NULL'})`), 'integer'),
  consoldepositbalance: based('depositbalance'),
  consolunbilledorders: based('unbilledorders'),
};

/** The same in the primary currency of the customer that is asked. */
export const CONSOLIDATED_FOREIGN = {
  consolbalance: foreign('balance'),
  consoloverduebalance: foreign('overduebalance'),
  consoldepositbalance: foreign('depositbalance'),
  consolunbilledorders: foreign('unbilledorders'),
} satisfies Record<string, Make>;
