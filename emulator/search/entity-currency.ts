import { extract } from './fields';

const own = (row: string, field: string): string => extract(`${row}.data`, field);
const TODAY = 'substr(:now, 1, 10)';

/** Currency of the books of the row's subsidiary, or of the company. */
export const baseOf = (row: string): string =>
  `COALESCE((SELECT ${own('sb', 'currency')} FROM record sb WHERE sb.type = 'subsidiary' AND sb.id = CAST(${own(row, 'subsidiary')} AS INTEGER)), '1')`;

/** The entity's primary currency. */
export const primaryOf = (row: string): string => `COALESCE(${own(row, 'currency')}, ${baseOf(row)})`;

export const isForeign = (row: string): string =>
  `(${own(row, 'currency')} IS NOT NULL AND ${own(row, 'currency')} <> ${baseOf(row)})`;

/** What one unit of the entity's currency is worth in base currency today (records/money.ts reads the same rows). */
export const rateOf = (row: string): string =>
  `CASE WHEN ${isForeign(row)} THEN COALESCE(` +
  `(SELECT ${own('cr', 'exchangerate')} FROM record cr WHERE cr.type = 'currencyrate' AND ${own('cr', 'transactioncurrency')} = ${own(row, 'currency')} ` +
  `AND ${own('cr', 'basecurrency')} = ${baseOf(row)} AND COALESCE(${own('cr', 'effectivedate')}, '') <= ${TODAY} ORDER BY ${own('cr', 'effectivedate')} DESC LIMIT 1), ` +
  `(SELECT ${own('cu', 'exchangerate')} FROM record cu WHERE cu.type = 'currency' AND cu.id = CAST(${own(row, 'currency')} AS INTEGER)), 1) ELSE 1 END`;

export const decimalsOf = (row: string): string =>
  `COALESCE((SELECT CAST(${own('cu', 'currencyprecision')} AS INTEGER) FROM record cu WHERE cu.type = 'currency' AND cu.id = CAST(${primaryOf(row)} AS INTEGER)), 2)`;
