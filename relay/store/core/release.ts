import { count, execute, query, type Script, type Tx } from './script';
import { S } from './states';

/** A batch that was never sent: its operations are ready again, no attempt counted, and its slot is free. */
export function* release(tx: Tx, input: { pool: string; token: number; slot: number }): Script<void> {
  const rows = yield* query<{ lane: number }>(
    `UPDATE op SET state=${S.ready}, attempts=attempts-1, lease_until=NULL, updated_at=? WHERE token=? AND state=${S.leased} RETURNING lane`,
    tx.now,
    input.token,
  );
  for (const { lane } of rows) {
    count(tx, input.pool, lane, 'sending', -1);
    count(tx, input.pool, lane, 'queued', 1);
  }
  yield* execute(
    'UPDATE slot SET holder=NULL, lane=NULL, lease_until=0 WHERE pool=? AND no=? AND token=?',
    input.pool,
    input.slot,
    input.token,
  );
  yield* execute('DELETE FROM batch WHERE token=?', input.token);
  tx.work.add(input.pool);
}
