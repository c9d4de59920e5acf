import format from 'N/format';
import { localDay } from '../upsert/normalise';
import type { Row } from '../upsert/ports';
import { readRows } from './read-rows';
import { searchRows } from './search-rows';

/** Day of each customer's last sales order. 10 units. */
export function lastOrderDates(customerIds: readonly string[]): ReadonlyMap<string, string> {
  if (customerIds.length === 0) return new Map();
  const sql =
    "SELECT TO_CHAR(t.entity), TO_CHAR(MAX(t.trandate), 'YYYY-MM-DD') FROM transaction t WHERE t.type = 'SalesOrd' " +
    `AND t.entity IN (${customerIds.map(() => '?').join(', ')}) GROUP BY t.entity`;
  const rows = readRows({ sql, params: customerIds.map(Number), search: () => searchDates(customerIds) });
  return new Map(rows.map(([id, day]) => [id ?? '', day ?? ''] as const));
}

function searchDates(customerIds: readonly string[]): Row[] {
  const rows = searchRows({
    type: 'customer',
    any: [{ field: 'internalid', operator: 'anyof', values: [...customerIds] }],
    all: [],
    columns: ['internalid', 'lastorderdate'],
  });
  return rows.flatMap(([id, day]): Row[] => {
    if (day == null || id == null) return [];
    return [[id, localDay(format.parse({ value: day, type: format.Type.DATE }))]];
  });
}
