import { computed, extract, rawField } from './fields';
import type { SearchField } from './field-type';

type Make = (alias: string) => SearchField;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);
const TODAY = 'substr(:now, 1, 10)';
const open = (row: string): string => `COALESCE(${own(row, 'amountremaining')}, 0) > 0`;
const late = (row: string): string => `${own(row, 'duedate')} < ${TODAY} AND ${open(row)}`;
const days = (from: string, until: string): string => `CAST(julianday(${until}) - julianday(${from}) AS INTEGER)`;

const invoices = (alias: string): string =>
  `FROM record v WHERE v.type = 'invoice' AND ${own('v', 'entity')} = '' || ${alias}.id`;

/** What is open on documents of a type, in base currency. */
const openOf = (type: string, field: string, alias: string): string =>
  `(SELECT COALESCE(SUM(${own('v', field)} * COALESCE(${own('v', 'exchangerate')}, 1)), 0) FROM record v WHERE v.type = '${type}' AND ${own('v', 'entity')} = '' || ${alias}.id)`;

/**
 * What a customer owes too late follows from the open invoices as of today, not of their last save. A customer without invoices here keeps
 * the figures it was given.
 */
export const CUSTOMER_OVERDUE: Record<string, Make> = {
  // Saves keep it on the record; rows that were put there as they are may lack it.
  balance: (alias) =>
    rawField(
      `COALESCE(${own(alias, 'balance')}, ora_round(${openOf('invoice', 'amountremaining', alias)} - ${openOf('creditmemo', 'amountremaining', alias)}, 2))`,
      'currency',
    ),
  overduebalance: (alias) =>
    rawField(
      `CASE WHEN EXISTS (SELECT 1 ${invoices(alias)}) THEN (SELECT ora_round(COALESCE(SUM(${own('v', 'amountremaining')} * COALESCE(${own('v', 'exchangerate')}, 1)), 0), 2) ` +
        `${invoices(alias)} AND ${late('v')}) ELSE COALESCE(${own(alias, 'overduebalance')}, 0) END`,
      'currency',
    ),
  daysoverdue: (alias) =>
    rawField(
      `CASE WHEN EXISTS (SELECT 1 ${invoices(alias)}) THEN (SELECT max(${days(own('v', 'duedate'), TODAY)}) ${invoices(alias)} AND ${late('v')}) ` +
        `ELSE ${own(alias, 'daysoverdue')} END`,
      'integer',
    ),
};

/** By which index these figures find a customer's documents. */
export const DOCUMENTS_OF_ENTITY = { type: 'transaction', field: 'entity' };

/** Days since an open document was due, and since it was made. */
export const DOCUMENT_AGE: Record<string, Make> = {
  daysoverdue: (body) => computed(`CASE WHEN ${late(body)} THEN ${days(own(body, 'duedate'), TODAY)} END`, 'integer'),
  daysopen: (body) => computed(`CASE WHEN ${open(body)} THEN ${days(own(body, 'trandate'), TODAY)} END`, 'integer'),
};
