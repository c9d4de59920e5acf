import type { ReadRow } from '../../../../../contract/read-page';
import type { KeyedPage } from '../reconcile/keyed-page';
import { searchHeads, searchItems, searchOrders, searchStock } from './entitlement-searches';
import { readRows } from './read-rows';
import { throwRequestError } from './throw-request-error';

/** Items of a customer that are named. */
const MOST_ITEMS = 50;

const asked = (ids: readonly string[]): string => ids.map(() => '?').join(', ');

/** States of a sales order with goods still to go out: pending fulfilment, partially fulfilled, pending billing with a rest. */
const OPEN = "('B', 'D', 'E')";
const LETTER = "SUBSTR(TO_CHAR(t.status), INSTR(TO_CHAR(t.status), ':') + 1)";

/**
 * What a support agent wants to know of a customer: what they bought, until when they are entitled, what is still on its way and
 * overdue, what of it is in stock. One row a customer that exists. 40 units.
 */
export function readEntitlements(ids: readonly string[] | null): KeyedPage<ReadRow> {
  if (ids === null || ids.length === 0)
    throwRequestError('INVALID_REQUEST_BODY', 'entitlements are read for customers: give their internal ids in ids');
  const params = ids.map(Number);
  const rows = new Map<string, ReadRow>();
  const heads = `SELECT TO_CHAR(c.id), c.entityid, c.externalid, TO_CHAR(c.overduebalancesearch) FROM customer c WHERE c.id IN (${asked(ids)})`;
  for (const [id, number, externalId, overdue] of readRows({ sql: heads, params, search: () => searchHeads(ids) })) {
    if (id == null) continue;
    rows.set(id, {
      internalId: id,
      number: number ?? null,
      externalId: externalId ?? null,
      overdueBalance: overdue ? Number(overdue) : 0,
      active: false,
      entitlementEnd: null,
      purchasedItems: null,
      stockStatus: null,
      openShipments: 0,
      asOf: new Date().toISOString(),
    });
  }
  addOrders(rows, ids, params);
  addItems(rows, ids, params);
  return { rows: [...rows.values()], after: undefined };
}

function addOrders(rows: Map<string, ReadRow>, ids: readonly string[], params: number[]): void {
  const sql =
    `SELECT TO_CHAR(t.entity), SUM(CASE WHEN ${LETTER} IN ${OPEN} THEN 1 ELSE 0 END), TO_CHAR(MAX(t.enddate), 'YYYY-MM-DD'), ` +
    `TO_CHAR(TRUNC(SYSDATE), 'YYYY-MM-DD') FROM transaction t WHERE t.type = 'SalesOrd' AND ${LETTER} NOT IN ('C') AND t.entity IN (${asked(ids)}) GROUP BY t.entity`;
  for (const [id, open, end, today] of readRows({ sql, params, search: () => searchOrders(ids) })) {
    const row = rows.get(id ?? '');
    if (!row) continue;
    row['openShipments'] = Number(open);
    row['entitlementEnd'] = end ?? null;
    row['active'] = end != null && end >= (today ?? '');
  }
}

function addItems(rows: Map<string, ReadRow>, ids: readonly string[], params: number[]): void {
  const sql =
    `SELECT TO_CHAR(t.entity), i.itemid, SUM(ABS(l.quantity)), TO_CHAR(i.id) FROM transaction t INNER JOIN transactionline l ON l.transaction = t.id AND l.mainline = 'F' ` +
    `INNER JOIN item i ON i.id = l.item WHERE t.type = 'SalesOrd' AND ${LETTER} NOT IN ('C') AND t.entity IN (${asked(ids)}) GROUP BY t.entity, i.itemid, i.id ORDER BY t.entity, i.itemid`;
  const items = new Map<string, { sku: string; quantity: string; itemId: string }[]>();
  for (const [id, sku, quantity, itemId] of readRows({ sql, params, search: () => searchItems(ids) })) {
    if (id == null || sku == null || itemId == null) continue;
    items.set(id, [...(items.get(id) ?? []), { sku, quantity: quantity ?? '0', itemId }].slice(0, MOST_ITEMS));
  }
  const stock = stockOf([...new Set([...items.values()].flat().map(({ itemId }) => itemId))]);
  for (const [id, named] of items) {
    const row = rows.get(id);
    if (!row) continue;
    row['purchasedItems'] = named.map(({ sku, quantity }) => `${sku} x ${quantity}`).join('\n');
    const known = named.filter(({ itemId }) => stock.has(itemId));
    row['stockStatus'] = known.map(({ sku, itemId }) => `${sku}: ${stock.get(itemId)} available`).join('\n') || null;
  }
}

/** What is available of items over all locations; items without stock are missing. */
function stockOf(itemIds: readonly string[]): Map<string, string> {
  if (itemIds.length === 0) return new Map();
  const sql = `SELECT TO_CHAR(a.item), TO_CHAR(SUM(a.quantityavailable)) FROM aggregateItemLocation a WHERE a.item IN (${asked(itemIds)}) GROUP BY a.item`;
  const found = readRows({ sql, params: itemIds.map(Number), search: () => searchStock(itemIds) });
  return new Map(found.map(([id, available]) => [id ?? '', available ?? '0'] as const));
}
