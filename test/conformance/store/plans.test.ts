import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { StatisticsKeeper } from '../../../relay/store/postgres/keep-statistics';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { newOperation, newRequest, POOL, takeInput } from '../../helpers/stores';

afterAll(stopPostgres);

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

test('tables that grew, or whose rows changed, are looked at anew, and then no hot statement reads them from end to end', async () => {
  const schema = `t${randomUUID().replaceAll('-', '')}`;
  const connectionString = await postgresUrl();
  const store = await openPostgresStore({ connectionString, schema });
  const lane = { reserved: 0, weight: 1 };
  await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
  const pool = new Pool({ connectionString, max: 1, options: `-c search_path=${schema} -c random_page_cost=1.1` });
  // Its end is no wait for the server's: that may end the connection first.
  pool.on('error', () => undefined);
  const keeper = new StatisticsKeeper(pool);
  for (let part = 0; part < 8; part++)
    await store.enqueue(newRequest(Array.from({ length: 500 }, (_, at) => newOperation(`K${part}-${at}`))));
  // What a session counts reaches the server's tables of counts when it has been idle for a moment.
  let seen: string[] = [];
  while (!seen.includes('op')) {
    seen = await keeper.look();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const hot: [sql: string, index: string][] = [
    [
      `SELECT seq FROM op WHERE state=1 AND pool='${POOL}' AND lane=0 AND source='salesforce' AND type='customer' AND bisect IS NULL ORDER BY (seq+0) LIMIT 50`,
      'op_ready',
    ],
    [`SELECT seq FROM op WHERE state IN (2,7) AND run_at<=1 ORDER BY run_at LIMIT 1000`, 'op_wait'],
    [`SELECT seq FROM op WHERE state=3 AND lease_until<=1 ORDER BY lease_until LIMIT 1000`, 'op_lease'],
    [`SELECT o.seq FROM op o WHERE o.rkey='x' AND o.state IN (0,6) ORDER BY (o.seq+0) LIMIT 1`, 'op_behind'],
    [`SELECT o.state FROM op o WHERE o.rkey='x' AND o.state IN (1,2,3,4,5,7)`, 'op_one_head'],
  ];
  const judge = async (among: readonly string[]) => {
    for (const [sql, index] of hot.filter((one) => among.includes(one[1]))) {
      const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${sql}`);
      const plan = nodes(rows[0]!['QUERY PLAN'][0].Plan);
      expect({ sql, scans: plan.filter((node) => node['Node Type'] === 'Seq Scan') }).toEqual({ sql, scans: [] });
      expect({ sql, indexes: plan.map((node) => node['Index Name']) }).toMatchObject({
        indexes: expect.arrayContaining([index]),
      });
    }
  };
  await judge(['op_ready', 'op_wait', 'op_lease', 'op_behind', 'op_one_head']);
  for (;;) {
    const { batch } = await store.take(
      takeInput({ defaultSizing: { maxOperations: 500, maxWeight: 500, fixedMs: 1, msPerWeight: 1 } }),
    );
    if (!batch) break;
    const settlements = batch.operations.map(({ seq }) => ({ seq, to: 'done' as const, result: 'created' }));
    const call = { status: 200, units: 1, ms: 1 };
    await store.settle({ pool: POOL, token: batch.token, slot: batch.slot, settlements, call, slotUntil: null });
  }
  for (seen = []; !seen.includes('op'); await new Promise((resolve) => setTimeout(resolve, 50)))
    seen = await keeper.look();
  await store.enqueue(newRequest([newOperation('LAST')]));
  // Nearly all are done: the few that wait are not looked for among them.
  await judge(['op_ready', 'op_behind', 'op_one_head']);
  await keeper.close();
  await pool.end();
  await store.close();
});
