import Database from 'better-sqlite3';
import path from 'node:path';
import { Client } from 'pg';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import {
  ADMIN,
  KEY,
  relayFolder,
  StandInNetSuite,
  startRelayProcess,
  type RelayProcess,
} from '../../helpers/relay-process';

let netsuite: StandInNetSuite;
let relay: RelayProcess;
let folder: ReturnType<typeof relayFolder>;

beforeEach(() => {
  netsuite = new StandInNetSuite();
});
afterEach(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await netsuite.stop();
  folder.remove();
});
afterAll(stopPostgres);

const call = async (method: string, address: string, key: string, body?: object) => {
  const answer = await fetch(`${relay.url}${address}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'damaged' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

/** Writes into the running relay's database what no program of ours would. */
async function damage(engine: string, externalId: string): Promise<void> {
  const sql = (mark: string) => `UPDATE ${mark}op SET body='{"recordType":"cust' WHERE external_id='${externalId}'`;
  if (engine === 'sqlite') {
    const db = new Database(path.join(folder.folder, 'store', 'relay.db'));
    expect(db.prepare(sql('')).run().changes).toBe(1);
    db.close();
    return;
  }
  const client = new Client({ connectionString: await postgresUrl() });
  await client.connect();
  expect((await client.query(sql('suiterelay.'))).rowCount).toBe(1);
  await client.end();
}

test.each(['sqlite', 'postgres'])(
  'a stored row that can not be read any more is set aside by name; its batch, and every page that lists it, go on (%s)',
  async (engine) => {
    const store = engine === 'sqlite' ? { path: 'store' } : { postgres: await postgresUrl() };
    folder = relayFolder(await netsuite.start(), { store });
    relay = await startRelayProcess(folder.file);
    const lane = (paused: boolean) => call('POST', '/v1/admin/pools/TSTDRV1000001/lanes/realtime', ADMIN, { paused });
    expect((await lane(true)).status).toBe(200);
    const records = ['E1', 'E2', 'E3', 'E4'].map((externalId) => ({
      recordType: 'customer',
      action: 'upsert',
      key: { externalId },
      fields: { phone: { value: '1' } },
    }));
    const accepted = await call('POST', '/v1/upserts', KEY, { source: 'direct', records });
    expect(accepted.status).toBe(202);
    await damage(engine, 'E2');
    await lane(false);

    const ids = (accepted.body['operations'] as { operationId: string }[]).map(({ operationId }) => operationId);
    const view = async (id: string | undefined) => (await call('GET', `/v1/operations/${id ?? ''}`, KEY)).body;
    const states = async () => (await Promise.all(ids.map(view))).map(({ state }) => state);
    while (!(await states()).every((state) => state === 'done' || state === 'review'))
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await states()).toEqual(['done', 'review', 'done', 'done']);
    expect(netsuite.order.toSorted()).toEqual(['E1', 'E3', 'E4']);
    expect(await view(ids[1])).toMatchObject({
      error: { code: 'STORED_DATA_DAMAGED', message: expect.stringContaining('E2') as unknown },
    });
    const failures = await call('GET', '/v1/failures', KEY);
    expect(failures.body['operations'] ?? failures.body['failures']).toHaveLength(1);
    // The CRM sends the record again: the sound one takes its place in line once the damaged one is resolved.
    await call('POST', `/v1/failures/${ids[1]}/resolve`, KEY, { note: 'sent again' });
    expect(await view(ids[1])).toMatchObject({ state: 'cancelled' });
  },
);
