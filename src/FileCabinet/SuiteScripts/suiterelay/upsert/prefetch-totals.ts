import type { FoundRecords } from './found-records';
import type { Queries } from './ports';
import { recordCondition, type KeysOfBatch } from './prefetch-records';
import { asText, type Branch } from './sql-branches';

/** The sums of one transaction in its own currency, as decimal texts without sign. */
export interface Totals {
  net: string;
  total: string;
}

/** Rows of transactionline that only repeat other rows or are no sale: their amounts are not part of the net sum. */
const NOT_SOLD = ['ShipItem', 'TaxItem', 'TaxGroup', 'Subtotal', 'Group', 'EndGroup', 'Description'];

/**
 * Reads the sums of the batch's transactions as NetSuite computed them. Signs differ between record types in transactionline, so the
 * sums are compared without one.
 */
export function totalsBranch(keys: KeysOfBatch, found: FoundRecords, multiCurrency: boolean): Branch {
  const amount = multiCurrency ? 'l.foreignamount' : 'l.netamount';
  const { where, params } = recordCondition(keys);
  const sold = `l.mainline = 'F' AND l.taxline = 'F' AND COALESCE(l.itemtype, '-') NOT IN (${NOT_SOLD.map((type) => `'${type}'`).join(', ')})`;
  return {
    mark: 'T',
    columns: [
      { name: 'owner', sql: asText('r.id') },
      { name: 'net', sql: asText(`ABS(SUM(CASE WHEN ${sold} THEN ${amount} ELSE 0 END))`) },
      { name: 'total', sql: asText(`ABS(SUM(CASE WHEN l.mainline = 'T' THEN ${amount} ELSE 0 END))`) },
    ],
    from: 'transaction r INNER JOIN transactionline l ON l.transaction = r.id',
    where: `${where} GROUP BY ${asText('r.id')}`,
    params,
    essential: ['owner', 'net', 'total'],
    read: (row) => {
      const totals = { net: row.get('net') ?? '0', total: row.get('total') ?? '0' };
      found.totals.set(row.get('owner') ?? '', totals);
    },
    dropped: () => undefined,
    // Absent totals are told by whoever needs them.
    unavailable: () => undefined,
  };
}

/** The same by N/search, which sums nothing for us: 10 units for each 1,000 lines. */
export function searchTotals(
  internalIds: readonly string[],
  queries: Queries,
  found: FoundRecords,
  multiCurrency: boolean,
): void {
  const rows = queries.search({
    type: 'transaction',
    any: [{ field: 'internalid', operator: 'anyof', values: [...internalIds] }],
    all: [
      ['taxline', 'is', 'F'],
      ['shipping', 'is', 'F'],
      ['cogs', 'is', 'F'],
    ],
    columns: ['internalid', multiCurrency ? 'fxamount' : 'amount', 'mainline', 'item.type'],
  });
  const sums = new Map<string, { net: number; total: number }>();
  for (const [id, amount, mainline, type] of rows) {
    const sum = sums.get(id ?? '') ?? { net: 0, total: 0 };
    // Whole millionths: sums of decimals stay exact.
    const units = Math.round(Number(amount ?? 0) * 1e6);
    if (isMainLine(mainline)) sum.total += units;
    else if (!NOT_SOLD.includes(type ?? '')) sum.net += units;
    sums.set(id ?? '', sum);
  }
  for (const [id, { net, total }] of sums)
    found.totals.set(id, { net: String(Math.abs(net) / 1e6), total: String(Math.abs(total) / 1e6) });
}

/** Searches show the main line as `*`. */
const isMainLine = (shown: string | null | undefined): boolean => shown === '*' || shown === 'T';
