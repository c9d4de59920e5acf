import type { SearchField } from './field-type';
import { extract, rawField } from './fields';
import { CUSTOMER_OPEN } from './open-figures';
import { CUSTOMER_OVERDUE } from './overdue-fields';
import type { Format } from './types';

const own = (row: string, field: string): string => extract(`${row}.data`, field);

/** Ids of the customer at the top and of all below it, whichever of them `alias` is. */
const hierarchy = (alias: string): string =>
  `WITH RECURSIVE up(id, parent) AS (SELECT ${alias}.id, ${own(alias, 'parent')} ` +
  `UNION SELECT p.id, ${own('p', 'parent')} FROM up JOIN record p ON p.type = 'customer' AND p.id = CAST(up.parent AS INTEGER)), ` +
  `tree(id) AS (SELECT id FROM up UNION SELECT c.id FROM tree JOIN record c ON c.type = 'customer' AND ${own('c', 'parent')} = CAST(tree.id AS TEXT))`;

const over =
  (aggregate: 'SUM' | 'MAX', figure: (row: string) => string, format: Format) =>
  (alias: string): SearchField =>
    rawField(
      `(${hierarchy(alias)} SELECT ${aggregate === 'SUM' ? `ora_round(SUM(COALESCE(${figure('h')}, 0)), 2)` : `MAX(${figure('h')})`} ` +
        `FROM tree JOIN record h ON h.type = 'customer' AND h.id = tree.id)`,
      format,
    );

const figureOf =
  (name: string) =>
  (row: string): string =>
    (CUSTOMER_OVERDUE[name] ?? CUSTOMER_OPEN[name])?.(row).value.sql ?? own(row, name);

/**
 * What a customer's whole hierarchy owes: parent and subcustomers together, the same for each of them (Consolidated Payments,
 * page bridgehead_N1288603: "the total of all open invoices for the entire customer-subcustomer hierarchy").
 */
export const CONSOLIDATED: Record<string, (alias: string) => SearchField> = {
  consolbalance: over('SUM', figureOf('balance'), 'currency'),
  consoloverduebalance: over('SUM', figureOf('overduebalance'), 'currency'),
  consoldaysoverdue: over('MAX', figureOf('daysoverdue'), 'integer'),
  consoldepositbalance: over('SUM', figureOf('depositbalance'), 'currency'),
  consolunbilledorders: over('SUM', figureOf('unbilledorders'), 'currency'),
};
