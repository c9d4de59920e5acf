import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Client } from 'pg';
import { MIGRATIONS, SCHEMA_VERSION, toPostgres, toSqlite } from '../../../relay/store/core/schema';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import type { Store } from '../../../relay/store/types';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest, POOL, takeInput, withDisk } from '../../helpers/stores';

/** Contents of a store of the first version, as that version wrote them: one operation waiting, one applied, one dead letter. */
const AT = 1_772_000_000_000;
const idOf = (no: number): string => `op_00000000${no}abcdef`;
const operation = (no: number, state: number, more: string): string =>
  `INSERT INTO op(seq,id,request_no,idx,pool,source,object,lane,type,action,external_id,rkey,version,full_state,on_failure,serialized,state,
   attempts,max_attempts,weight,requires_until,trace,body,result,error,created_at,updated_at)
   VALUES(${no},'${idOf(no)}',1,${no - 1},'${POOL}','salesforce','Account',0,'customer','upsert','K${no}','${POOL}|entity|K${no}',
   '000000000000000${no}',1,0,0,${state},1,8,1,${AT},'${'a'.repeat(32)}','{"n":${no}}',${more},${AT},${AT})`;
const CONTENTS: readonly string[] = [
  `INSERT INTO request(no,id,source,trace,scope,ikey,body_hash,first_seq,last_seq,created_at)
   VALUES(1,'req_000000001abcdef','salesforce','${'a'.repeat(32)}','salesforce','k1','x',1,3,${AT})`,
  operation(1, 1, 'NULL,NULL'),
  operation(2, 10, `'created',NULL`),
  operation(3, 11, `NULL,'{"code":"X","class":"data","message":"x"}'`),
  ...[1, 2, 3].map(
    (no) => `INSERT INTO rec(rkey,pool,grp,external_id,last_version,created_at)
      VALUES('${POOL}|entity|K${no}','${POOL}','entity','K${no}','000000000000000${no}',${AT})`,
  ),
  `INSERT INTO attempt(seq,at,token,batch_id,slot,units,ms,status,code) VALUES(2,${AT},1,'b_1',1,10,20,200,NULL)`,
  `INSERT INTO cursor_position VALUES('pull','41',${AT})`,
  ...['queued', 'done', 'dead'].map((state) => `INSERT INTO tally VALUES('${POOL}',0,'${state}',1)`),
];

/** Everything is still there, and goes on as if nothing had happened. */
async function prove(store: Store): Promise<void> {
  const lane = { reserved: 0, weight: 1 };
  await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
  expect((await store.stats()).byState).toMatchObject({ queued: 1, done: 1, dead: 1 });
  expect(await store.getCursor('pull')).toBe('41');
  expect(await store.getOperation(idOf(2))).toMatchObject({
    state: 'done',
    warnings: [],
    attempts: [{ batchId: 'b_1', units: 10 }],
  });
  const key = { idempotency: { scope: 'salesforce', key: 'k1', bodyHash: 'x' } };
  expect(acceptedOf(await store.enqueue(newRequest([newOperation('K1')], key)))).toMatchObject({ outcome: 'replayed' });
  const warnings = [{ code: 'W', message: 'w' }];
  await store.enqueue(newRequest([newOperation('K9', { warnings })]));
  await store.replay(idOf(3), { actor: 'ada' });
  const { batch } = await store.take(takeInput());
  expect(batch?.operations.map(({ externalId }) => externalId)).toEqual(['K1', 'K3', 'K9']);
}

const EARLIER = MIGRATIONS.filter(({ version }) => version < SCHEMA_VERSION).map(({ version }) => version);
const upTo = (version: number) => MIGRATIONS.filter((one) => one.version <= version).flatMap((one) => one.statements);

test.each(EARLIER)('an embedded store of schema %d is brought up to date with all it holds', (version) =>
  withDisk(async (folder, open) => {
    const db = new Database(path.join(folder, 'relay.db'));
    for (const statement of upTo(version)) db.exec(toSqlite(statement));
    for (const statement of CONTENTS) db.exec(statement);
    for (const [name, n] of Object.entries({ op: 3, request: 1, batch: 1 }))
      db.prepare('INSERT INTO sequence VALUES(?, ?)').run(name, n);
    db.pragma(`user_version=${version}`);
    db.close();
    const store = await open();
    await prove(store);
    await store.close();
  }),
);

describe('PostgreSQL', () => {
  afterAll(stopPostgres);
  const prepared = async (version: number): Promise<{ connectionString: string; schema: string }> => {
    const connectionString = await postgresUrl();
    const schema = `m${randomUUID().replaceAll('-', '')}`;
    const client = new Client({ connectionString });
    await client.connect();
    await client.query(
      `CREATE SCHEMA ${schema}; SET search_path=${schema}; CREATE TABLE schema_version(version int NOT NULL)`,
    );
    for (const statement of upTo(Math.min(version, SCHEMA_VERSION)))
      if (!statement.startsWith('CREATE TABLE sequence')) await client.query(toPostgres(statement));
    for (const statement of CONTENTS) await client.query(statement);
    for (const [name, n] of Object.entries({ op: 4, request: 2, batch: 2 }))
      await client.query(`CREATE SEQUENCE seq_${name} START ${n}`);
    await client.query('INSERT INTO schema_version VALUES($1)', [version]);
    await client.end();
    return { connectionString, schema };
  };

  test.each(EARLIER)('a database of schema %d is brought up to date with all it holds', async (version) => {
    const store = await openPostgresStore(await prepared(version));
    await prove(store);
    await store.close();
  });

  test('of relays that start together on an old database one migrates and all open', async () => {
    const place = await prepared(1);
    const opened = await Promise.all([1, 2, 3].map(() => openPostgresStore(place)));
    expect((await opened[2]?.stats())?.accepted).toBe(3);
    await Promise.all(opened.map((store) => store.close()));
  });

  test('a database newer than the program is refused and left alone', async () => {
    await expect(openPostgresStore(await prepared(SCHEMA_VERSION + 1))).rejects.toMatchObject({
      name: 'StoreRefused',
      reason: 'newer-schema',
    });
  });
});

test('an embedded store newer than the program is refused and left alone', () =>
  withDisk(async (folder, open) => {
    await (await open()).close();
    const db = new Database(path.join(folder, 'relay.db'));
    db.pragma(`user_version=${SCHEMA_VERSION + 1}`);
    db.close();
    await expect(open()).rejects.toMatchObject({ name: 'StoreRefused', reason: 'newer-schema' });
  }));
