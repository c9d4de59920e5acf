import { isUnapproved } from '../suiteql/catalog/posting';
import { computed, extract, rawField } from './fields';
import type { SearchField } from './field-type';

type Make = (alias: string) => SearchField;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);
const TODAY = 'substr(:now, 1, 10)';
const open = (row: string): string => `COALESCE(${own(row, 'amountremaining')}, 0) > 0`;
const late = (row: string): string => `NOT ${isUnapproved(row)} AND ${own(row, 'duedate')} < ${TODAY} AND ${open(row)}`;
const days = (from: string, until: string): string => `CAST(julianday(${until}) - julianday(${from}) AS INTEGER)`;

const invoices = (alias: string): string =>
  `FROM record v WHERE v.type = 'invoice' AND ${own('v', 'entity')} = '' || ${alias}.id`;

/** How late a customer's oldest open invoice is today. A customer without invoices here keeps the figure it was given. */
export const CUSTOMER_OVERDUE: Record<string, Make> = {
  daysoverdue: (alias) =>
    rawField(
      `CASE WHEN EXISTS (SELECT 1 ${invoices(alias)}) THEN (SELECT max(${days(own('v', 'duedate'), TODAY)}) ${invoices(alias)} AND ${late('v')}) ` +
        `ELSE ${own(alias, 'daysoverdue')} END`,
      'integer',
    ),
};

/** Days since an open document was due, and since it was made. */
export const DOCUMENT_AGE: Record<string, Make> = {
  daysoverdue: (body) => computed(`CASE WHEN ${late(body)} THEN ${days(own(body, 'duedate'), TODAY)} END`, 'integer'),
  daysopen: (body) => computed(`CASE WHEN ${open(body)} THEN ${days(own(body, 'trandate'), TODAY)} END`, 'integer'),
};
