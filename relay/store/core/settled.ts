import type { OperationState, Settled } from '../types';
import { json, query, type Script, type SettledRow, type Tx } from './script';

export const toSettled = (row: { id: string; request_no: number }, state: OperationState): SettledRow => ({
  operationId: row.id,
  requestNo: row.request_no,
  state,
});

/** What listeners are told after the commit. */
export function* tellSettled(tx: Tx): Script<Settled[]> {
  if (tx.settled.length === 0) return [];
  const numbers = [...new Set(tx.settled.map(({ requestNo }) => requestNo))];
  const rows = yield* query<{ no: number; id: string }>(
    'SELECT r.no, r.id FROM @list(bigint) k JOIN request r ON r.no=k.v',
    json(numbers),
  );
  const ids = new Map(rows.map((row) => [row.no, row.id]));
  return tx.settled.map(({ operationId, requestNo, state }) => ({
    operationId,
    requestId: ids.get(requestNo) ?? '',
    state,
  }));
}
