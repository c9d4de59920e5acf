import query from 'N/query';
import type { ReadRow } from '../../../../../contract/read-page';
import { CIVIL_FORMAT, toCivil, toUtc } from '../reconcile/account-clock';
import { keyedPage, type KeyedPage } from '../reconcile/keyed-page';
import { textOf } from '../upsert/normalise';

export interface PageRequest {
  /** ISO 8601; only what changed since. */
  since: string;
  after: string;
  limit: number;
  offsetMs: number;
}

interface Source {
  columns: readonly { name: string; sql: string; as?: 'number' | 'flag' | 'time' }[];
  from: string;
  where: string;
  /** Column that orders the rows and is the cursor: a number. */
  key: string;
}

const ITEMS: Source = {
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
  where: `i.lastmodifieddate >= TO_DATE(?, '${CIVIL_FORMAT}')`,
  key: 'i.id',
};

/** One row for each price level and currency; the first quantity break. */
const PRICES: Source = {
  columns: [
    { name: 'internalId', sql: 'TO_CHAR(p.item)' },
    { name: 'sku', sql: 'i.itemid' },
    { name: 'priceLevel', sql: 'TO_CHAR(p.pricelevel)' },
    { name: 'priceLevelName', sql: 'BUILTIN.DF(p.pricelevel)' },
    { name: 'currency', sql: 'TO_CHAR(c.symbol)' },
    { name: 'unitPrice', sql: 'TO_CHAR(p.unitprice)', as: 'number' },
  ],
  from: 'pricing p INNER JOIN item i ON i.id = p.item INNER JOIN currency c ON c.id = p.currency',
  where: `p.quantity = 0 AND i.lastmodifieddate >= TO_DATE(?, '${CIVIL_FORMAT}')`,
  key: 'p.item',
};

const RATES: Source = {
  columns: [
    { name: 'internalId', sql: 'TO_CHAR(r.id)' },
    { name: 'base', sql: 'TO_CHAR(b.symbol)' },
    { name: 'currency', sql: 'TO_CHAR(t.symbol)' },
    { name: 'rate', sql: 'TO_CHAR(r.exchangerate)', as: 'number' },
    { name: 'effectiveDate', sql: "TO_CHAR(r.effectivedate, 'YYYY-MM-DD')" },
  ],
  from: 'currencyrate r INNER JOIN currency b ON b.id = r.basecurrency INNER JOIN currency t ON t.id = r.transactioncurrency',
  where: `r.effectivedate >= TRUNC(TO_DATE(?, '${CIVIL_FORMAT}'))`,
  key: 'r.id',
};

export const QUERY_SOURCES = { items: ITEMS, prices: PRICES, rates: RATES } as const;

/** Reads a page in the order of its key. 10 units. */
export function readByQuery(name: keyof typeof QUERY_SOURCES, request: PageRequest): KeyedPage<ReadRow> {
  const source = QUERY_SOURCES[name];
  const list = source.columns.map((column) => column.sql).join(', ');
  const inner = `SELECT ${list} FROM ${source.from} WHERE ${source.where} AND ${source.key} > ? ORDER BY ${source.key}`;
  const sql = `SELECT * FROM (${inner}) WHERE ROWNUM <= ${request.limit}`;
  const params = [toCivil(request.since, request.offsetMs), Number(request.after)];
  const rows = query
    .runSuiteQL({ query: sql, params })
    .results.map(({ values }) => toRow(source, values, request.offsetMs));
  return keyedPage(rows, (row) => String(row['internalId']), request.limit);
}

function toRow(source: Source, values: readonly unknown[], offsetMs: number): ReadRow {
  const row: ReadRow = {};
  source.columns.forEach(({ name, as }, at) => {
    const text = textOf(values[at]);
    if (text === '') row[name] = null;
    else if (as === 'number') row[name] = Number(text);
    else if (as === 'flag') row[name] = text === 'T';
    else row[name] = as === 'time' ? toUtc(text, offsetMs) : text;
  });
  return row;
}
