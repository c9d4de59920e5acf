import { freeJobs } from './jobs';
import { KEEP_BUSY } from './keep-busy';
import { count, execute, insert, json, query, type Script, type Tx, updateEach } from './script';
import { followSetBack } from './set-back';
import { S } from './states';

interface Leased {
  seq: number;
  pool: string;
  lane: number;
  rkey: string;
  lease_until: number;
}

/**
 * After a restart of the only relay: calls of the process before it are lost, not undone. Their operations may go again at once, since
 * stamps tell a repeat; successors on their records, and the slots, wait until nothing more of those calls can be written. Bulk jobs
 * go on: what was staged is staged.
 */
export function* recover(tx: Tx): Script<number> {
  yield* followSetBack(tx);
  const rows = yield* query<Leased>(
    `SELECT seq, pool, lane, rkey, lease_until FROM op WHERE state=${S.leased} AND lease_until IS NOT NULL`,
  );
  yield* freeJobs();
  if (rows.length === 0) return 0;
  yield* execute(
    `UPDATE op SET state=${S.ready}, lease_until=NULL, updated_at=? WHERE seq IN (SELECT v FROM @list(bigint) k)`,
    tx.now,
    rows.map(({ seq }) => seq),
  );
  yield* updateEach(
    KEEP_BUSY,
    rows.map((row) => [row.rkey, row.lease_until]),
  );
  yield* insert(
    'history',
    ['seq', 'at', 'kind', 'detail'],
    rows.map(({ seq }) => [seq, tx.now, 'call lost by a restart', json({ outcome: 'unknown' })]),
  );
  for (const { pool, lane } of rows) {
    count(tx, pool, lane, 'sending', -1);
    count(tx, pool, lane, 'queued', 1);
    tx.work.add(pool);
  }
  return rows.length;
}
