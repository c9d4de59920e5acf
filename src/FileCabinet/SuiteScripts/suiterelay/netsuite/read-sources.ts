import { CIVIL_FORMAT } from '../reconcile/account-clock';
import type { QuerySource } from './read-by-query';
import { TRANSACTION_SOURCES } from './transaction-sources';

const ITEMS: QuerySource = {
  columns: [
    { name: 'internalId', sql: 'TO_CHAR(i.id)' },
    { name: 'sku', sql: 'i.itemid' },
    { name: 'externalId', sql: 'i.externalid' },
    { name: 'name', sql: 'i.displayname' },
    { name: 'description', sql: 'TO_CHAR(i.description)' },
    { name: 'type', sql: 'TO_CHAR(i.itemtype)' },
    { name: 'inactive', sql: 'TO_CHAR(i.isinactive)', as: 'flag' },
    { name: 'lastModified', sql: `TO_CHAR(i.lastmodifieddate, '${CIVIL_FORMAT}')`, as: 'time' },
  ],
  from: 'item i',
  where: [],
  since: `i.lastmodifieddate >= TO_DATE(?, '${CIVIL_FORMAT}')`,
  key: 'i.id',
};

/** One row for each price level and currency; the first quantity break. */
const PRICES: QuerySource = {
  columns: [
    { name: 'internalId', sql: 'TO_CHAR(p.item)' },
    { name: 'sku', sql: 'i.itemid' },
    { name: 'priceLevel', sql: 'TO_CHAR(p.pricelevel)' },
    { name: 'priceLevelName', sql: 'BUILTIN.DF(p.pricelevel)' },
    { name: 'currency', sql: 'TO_CHAR(c.symbol)' },
    { name: 'unitPrice', sql: 'TO_CHAR(p.unitprice)', as: 'number' },
    { name: 'inactive', sql: 'TO_CHAR(i.isinactive)', as: 'flag' },
  ],
  from: 'pricing p INNER JOIN item i ON i.id = p.item INNER JOIN currency c ON c.id = p.currency',
  where: ['p.quantity = 0'],
  since: `i.lastmodifieddate >= TO_DATE(?, '${CIVIL_FORMAT}')`,
  key: 'p.item',
};

/** A rate is entered, or corrected, for days that are past: after a weekend, at the end of a month. So far back all are handed out again. */
const RATES_BACK_DAYS = 35;

const RATES: QuerySource = {
  columns: [
    { name: 'internalId', sql: 'TO_CHAR(r.id)' },
    { name: 'base', sql: 'TO_CHAR(b.symbol)' },
    { name: 'currency', sql: 'TO_CHAR(t.symbol)' },
    { name: 'rate', sql: 'TO_CHAR(r.exchangerate)', as: 'number' },
    { name: 'effectiveDate', sql: "TO_CHAR(r.effectivedate, 'YYYY-MM-DD')" },
  ],
  from: 'currencyrate r INNER JOIN currency b ON b.id = r.basecurrency INNER JOIN currency t ON t.id = r.transactioncurrency',
  where: [],
  since: `r.effectivedate >= TRUNC(TO_DATE(?, '${CIVIL_FORMAT}')) - ${RATES_BACK_DAYS}`,
  key: 'r.id',
};

/** Pages that one SuiteQL query reads. */
export const QUERY_SOURCES = { items: ITEMS, prices: PRICES, rates: RATES, ...TRANSACTION_SOURCES } as const;
