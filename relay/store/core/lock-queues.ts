import { lock, query, type Script, type Tx } from './script';

/**
 * Before operations change their state: the queues of their records, and the match values for which others may come to wait, at this
 * moment, in another transaction. Whoever adds a wait holds the same names. `more` goes along, so that all are taken in one order.
 */
export function* lockQueues(tx: Tx, seqs: readonly number[], more: readonly string[] = []): Script<void> {
  if (tx.alone) return;
  const rows = yield* query<{ name: string }>(
    `SELECT rkey AS name FROM op WHERE seq IN (SELECT v FROM @list(bigint) k)
     UNION SELECT 'match:' || mval FROM match_wait WHERE seq IN (SELECT v FROM @list(bigint) k)`,
    seqs,
    seqs,
  );
  yield* lock([...rows.map(({ name }) => name), ...more]);
}
