import { statusLetter } from '../reconcile/status-letters';
import type { Row } from '../upsert/ports';
import { searchRows } from './search-rows';

interface OrderHead {
  id: string;
  key: string | null;
  number: string | null;
  statusCode: string | null;
}

const COLUMNS = ['internalid', 'type', 'tranid', 'externalid', 'custbody_srl_key', 'statusref', 'createdfrom'];
const ORDER = 'SalesOrd';

/**
 * The sales orders behind transactions, by the id that stands in their `createdfrom`: that one itself, or the one it was made from in
 * turn, as with a credit of an invoice. Searches join one step only. 10 units, 20 where there is a second step.
 */
export function ordersBehind(createdFrom: readonly string[]): ReadonlyMap<string, OrderHead> {
  const first = readHeads([...new Set(createdFrom)]);
  const between = first.flatMap(([id, type, , , , , from]): [string, string][] =>
    id == null || type === ORDER || from == null || from === '' ? [] : [[id, from]],
  );
  const second = ordersIn(readHeads([...new Set(between.map(([, from]) => from))]));
  const orders = new Map(ordersIn(first));
  for (const [id, from] of between) {
    const order = second.get(from);
    if (order !== undefined) orders.set(id, order);
  }
  return orders;
}

function readHeads(ids: readonly string[]): Row[] {
  if (ids.length === 0) return [];
  return searchRows({
    type: 'transaction',
    any: [{ field: 'internalid', operator: 'anyof', values: [...ids] }],
    all: [['mainline', 'is', 'T']],
    columns: COLUMNS,
  });
}

const ordersIn = (rows: readonly Row[]): Map<string, OrderHead> =>
  new Map(
    rows.flatMap(([id, type, number, externalId, stamp, status]): [string, OrderHead][] => {
      if (id == null || type !== ORDER) return [];
      const statusCode = status == null ? null : statusLetter(ORDER, status);
      return [[id, { id, key: stamp ?? externalId ?? null, number: number ?? null, statusCode }]];
    }),
  );
