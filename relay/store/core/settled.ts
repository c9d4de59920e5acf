import type { OperationState, Settled } from '../types';
import { query, type Script, type SettledRow, type Tx } from './script';

export const toSettled = (
  row: { id: string; request_no: number; request_id?: string },
  state: OperationState,
): SettledRow => ({
  operationId: row.id,
  requestNo: row.request_no,
  requestId: row.request_id,
  state,
});

/** What listeners are told after the commit. */
export function* tellSettled(tx: Tx): Script<Settled[]> {
  const unknown = tx.settled.filter(({ requestId }) => requestId === undefined).map(({ requestNo }) => requestNo);
  const rows =
    unknown.length === 0
      ? []
      : yield* query<{ no: number; id: string }>('SELECT r.no, r.id FROM @list(bigint) k JOIN request r ON r.no=k.v', [
          ...new Set(unknown),
        ]);
  const ids = new Map(rows.map((row) => [row.no, row.id]));
  return tx.settled.map((row) => toTold(row, ids.get(row.requestNo)));
}

export const toTold = ({ operationId, requestId, state }: SettledRow, found?: string): Settled => ({
  operationId,
  requestId: requestId ?? found ?? '',
  state,
});
