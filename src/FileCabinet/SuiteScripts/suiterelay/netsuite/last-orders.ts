import query from 'N/query';
import { textOf } from '../upsert/normalise';

/** Day of each customer's last sales order. 10 units. */
export function lastOrderDates(customerIds: readonly string[]): ReadonlyMap<string, string> {
  if (customerIds.length === 0) return new Map();
  const sql =
    "SELECT TO_CHAR(t.entity), TO_CHAR(MAX(t.trandate), 'YYYY-MM-DD') FROM transaction t WHERE t.type = 'SalesOrd' " +
    `AND t.entity IN (${customerIds.map(() => '?').join(', ')}) GROUP BY t.entity`;
  const { results } = query.runSuiteQL({ query: sql, params: customerIds.map(Number) });
  return new Map(results.map(({ values }) => [textOf(values[0]), textOf(values[1])] as const));
}
