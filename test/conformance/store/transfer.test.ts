import Database from 'better-sqlite3';
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { moveToPostgres } from '../../../relay/store/transfer/move-to-postgres';
import type { PoolStatus, Store, TakenBatch } from '../../../relay/store/types';
import { cutCommit } from '../../helpers/cut-commit';
import { postgresOn, postgresUrl, stopPostgres } from '../../helpers/postgres';
import { acceptedOf, newOperation, newRequest, POOL, takeInput, withDisk } from '../../helpers/stores';

afterAll(stopPostgres);

const CLI = path.resolve(__dirname, '../../../build/relay/cli.cjs');
const cli = (...args: string[]) => promisify(execFile)(process.execPath, [CLI, ...args]);
const key = { idempotency: { scope: 'salesforce', key: 'k1', bodyHash: 'x' } };
const failure = { code: 'X', class: 'data' as const, message: 'x' };
const lane = { reserved: 0, weight: 1 };

/** A store in the midst of its life: applied, waiting for a turn, waiting for a record, in review, dead, under way. */
async function live(store: Store): Promise<{ accepted: ReturnType<typeof acceptedOf>; underWay: TakenBatch }> {
  await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
  const requires = [{ recordType: 'customer', externalId: 'D' }];
  const operations = [
    ...['A', 'B', 'C', 'A'].map((id) => newOperation(id, { dedupeKey: `e-${id}-${randomUUID()}` })),
    newOperation('D', { lane: 'bulk', warnings: [{ code: 'W', message: 'ü 你' }] }),
    newOperation('O', { recordType: 'salesorder', requires, serialize: ['tranid:1'] }),
  ];
  const shadow = { pool: POOL, side: 'netsuite', key: 'f|A', projection: { a: 1 }, hash: 'h' };
  const accepted = acceptedOf(
    await store.enqueue(newRequest(operations, { ...key, shadows: [shadow], cursors: { pull: '41' } })),
  );
  const { batch } = await store.take(takeInput());
  await store.settle({
    pool: POOL,
    token: batch?.token ?? 0,
    slot: batch?.slot ?? 0,
    settlements: (batch?.operations ?? []).map(({ seq, externalId }) =>
      externalId === 'A'
        ? { seq, to: 'done', result: 'created', internalId: '7', changes: [{ field: 'phone', old: null, new: '1' }] }
        : { seq, to: externalId === 'B' ? 'review' : 'dead', error: failure },
    ),
    call: { status: 200, units: 10, ms: 20 },
    slotUntil: null,
  });
  await store.linkAlias(POOL, 'customer', 'A', 'crm:salesforce:001');
  // A lease that no machine's own time ends.
  const { batch: underWay } = await store.take(takeInput({ leaseMs: 3_600_000 }));
  if (!underWay) throw new Error('nothing to take');
  return { accepted, underWay };
}

/** All that can be asked of a store, without the times at which it was asked. */
async function everything(store: Store, accepted: ReturnType<typeof acceptedOf>): Promise<unknown> {
  const details = await Promise.all(accepted.operations.map(({ operationId }) => store.getOperation(operationId)));
  return {
    details,
    stats: await store.stats(),
    request: await store.getRequest(accepted.requestId),
    record: await store.findRecord(POOL, 'customer', { alias: 'crm:salesforce:001' }),
    shadow: await store.getShadow(POOL, 'netsuite', 'f|A'),
    cursor: await store.getCursor('pull'),
    pool: await store.poolStatus(POOL),
  };
}

/** It goes on where the other left off: answers a repeated request, settles the call that was under way, keeps the order. */
async function goesOn(store: Store, accepted: ReturnType<typeof acceptedOf>, underWay: TakenBatch): Promise<void> {
  expect(acceptedOf(await store.enqueue(newRequest([newOperation('A')], key)))).toEqual({
    ...accepted,
    outcome: 'replayed',
  });
  const settlements = underWay.operations.map(({ seq }) => ({ seq, to: 'done' as const, result: 'updated' }));
  const call = { status: 200, units: 1, ms: 1 };
  const { pool, slot, token } = { pool: POOL, slot: underWay.slot, token: underWay.token };
  expect(await store.settle({ pool, slot, token, settlements, call, slotUntil: null })).toMatchObject({ fenced: 0 });
  const added = acceptedOf(await store.enqueue(newRequest([newOperation('A')])));
  expect(added.operations[0]!.version > accepted.operations[3]!.version).toBe(true);
  expect(added.operations[0]!.operationId > accepted.operations.at(-1)!.operationId).toBe(true);
  const keys: string[] = [];
  for (let batch = await store.take(takeInput()); batch.batch; batch = await store.take(takeInput())) {
    keys.push(...batch.batch.operations.map(({ externalId }) => externalId));
    const done = batch.batch.operations.map(({ seq }) => ({ seq, to: 'done' as const, result: 'updated' }));
    await store.settle({
      pool,
      slot: batch.batch.slot,
      token: batch.batch.token,
      settlements: done,
      call,
      slotUntil: null,
    });
  }
  expect(keys.sort().join()).toMatch(/^A,A(,AFTER)?,O$/);
}

test('migrate moves all that an embedded store holds to PostgreSQL, which goes on where it left off', () =>
  withDisk(async (folder, open) => {
    const store = await open();
    const { accepted, underWay } = await live(store);
    const before = await everything(store, accepted);
    const connectionString = await postgresUrl();
    await expect(
      cli('migrate', '--to', 'postgres', '--postgres', connectionString, '--from', folder),
    ).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('in use by process'),
    });
    await store.close();
    const { stdout } = await cli(
      'migrate',
      '--to',
      'postgres',
      '--postgres',
      connectionString,
      '--from',
      folder,
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      moved: { op: 6, request: 1, attempt: 3, cursor_position: 1, shadow: 1 },
    });
    const moved = await openPostgresStore({ connectionString });
    expect(await everything(moved, accepted)).toEqual(before);
    await goesOn(moved, accepted, underWay);
    await moved.close();
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ name: 'StoreRefused', reason: 'moved' });
  }));

test('counts that are all the same arrive each: records that came one by one while NetSuite was away', () =>
  withDisk(async (folder, open) => {
    const store = await open();
    for (let at = 0; at < 40; at += 1) await store.enqueue(newRequest([newOperation(`A${at}`)]));
    const before = await store.stats();
    await store.close();
    const place = { connectionString: await postgresUrl(), schema: `v${randomUUID().replaceAll('-', '')}` };
    expect((await moveToPostgres({ from: folder, ...place })).rows).toMatchObject({ op: 40, tally: 40 });
    const moved = await openPostgresStore(place);
    expect(await moved.stats()).toEqual(before);
    await moved.close();
  }));

test("after a move versions go on from the last that was given, though the new server's clock is behind", () =>
  withDisk(async (folder, open) => {
    const store = await open();
    // The second is one its record's row was not written for: an embedded store counts versions over all records.
    await store.enqueue(newRequest([newOperation('A')]));
    const [last] = acceptedOf(await store.enqueue(newRequest([newOperation('A')]))).operations;
    await store.close();
    const place = { connectionString: await postgresUrl(), schema: `v${randomUUID().replaceAll('-', '')}` };
    await moveToPostgres({ from: folder, ...place });
    const moved = await openPostgresStore({ ...place, offsetMs: () => -60_000 });
    const [next] = acceptedOf(await moved.enqueue(newRequest([newOperation('A')]))).operations;
    expect(Number(next?.version)).toBe(Number(last?.version) + 1);
    await moved.close();
  }));

test('a store is not moved into one that holds something, and nothing of it arrives', () =>
  withDisk(async (folder, open) => {
    const store = await open();
    await live(store);
    await store.close();
    const place = { connectionString: await postgresUrl(), schema: `f${randomUUID().replaceAll('-', '')}` };
    const target = await openPostgresStore(place);
    await target.enqueue(newRequest([newOperation('Z')]));
    await expect(moveToPostgres({ from: folder, ...place })).rejects.toMatchObject({ reason: 'not-empty' });
    expect((await target.stats()).accepted).toBe(1);
    await target.close();
    await (await openSqliteStore(folder)).close();
  }));

test.each(['before', 'after'] as const)(
  'a move that is cut off %s its commit lets no relay work either half; the same move, made again, finds out and ends it',
  (when) =>
    withDisk(async (folder, open) => {
      const store = await open();
      const { accepted, underWay } = await live(store);
      await store.close();
      const place = { connectionString: await postgresUrl(), schema: `f${randomUUID().replaceAll('-', '')}` };
      const cut = await cutCommit(place.connectionString, when);
      await expect(moveToPostgres({ from: folder, ...place, connectionString: cut.url })).rejects.toThrow();
      await cut.stop();
      await expect(open()).rejects.toMatchObject({ reason: 'moved', message: expect.stringContaining('was cut off') });
      expect((await moveToPostgres({ from: folder, ...place })).rows).toMatchObject({ op: 6 });
      await expect(open()).rejects.toMatchObject({
        reason: 'moved',
        message: expect.stringContaining('were moved to'),
      });
      const moved = await openPostgresStore(place);
      await goesOn(moved, accepted, underWay);
      await moved.close();
    }),
);

test('a backup of a running embedded store, restored, is the store of that moment and goes on', () =>
  withDisk(async (folder, open) => {
    const store = await open();
    const { accepted, underWay } = await live(store);
    const copy = path.join(folder, 'copy.db');
    await cli('backup', '--from', folder, '--to', copy);
    await expect(cli('backup', '--from', folder, '--to', copy)).rejects.toMatchObject({ code: 1 });
    await expect(cli('backup', '--from', folder, '--to', path.join(folder, 'none', 'copy.db'))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The backup could not be written to .* Nothing was left there\.$/m),
    });
    await store.enqueue(newRequest([newOperation('AFTER')]));
    await store.close();
    const restored = path.join(folder, 'restored');
    mkdirSync(restored);
    copyFileSync(copy, path.join(restored, 'relay.db'));
    const again = await openSqliteStore(restored);
    // Calls of the process that is gone are lost, not undone: their operations are to be sent again.
    const { accepted: kept, byState } = await again.stats();
    expect({ kept, sending: byState.sending }).toEqual({ kept: 6, sending: 0 });
    const sent = (await again.take(takeInput())).batch?.operations.map(({ operationId }) => operationId) ?? [];
    expect(sent).toEqual(expect.arrayContaining(underWay.operations.map(({ operationId }) => operationId)));
    const next = acceptedOf(await again.enqueue(newRequest([newOperation('A')])));
    expect(next.operations[0]!.version > accepted.operations[3]!.version).toBe(true);
    await again.close();
  }));

test.each([
  ['moments ago counts what was under way then against the limit', 0, 2],
  ['long ago keeps no slot for calls that are surely over', -86_400_000, 0],
])('a backup that was made %s', (_, movedMs, busy) =>
  withDisk(async (folder, open) => {
    const store = await open();
    await live(store);
    // A call that carries no operations, such as the pull of change events, has a slot too.
    const pull = await store.leaseSlot({ pool: POOL, holder: 'r1', leaseMs: 3_600_000 });
    expect(pull).not.toBeNull();
    const copy = path.join(folder, 'copy.db');
    await cli('backup', '--from', folder, '--to', copy);
    await store.close();
    const restored = path.join(folder, 'restored');
    mkdirSync(restored);
    copyFileSync(copy, path.join(restored, 'relay.db'));
    const db = new Database(path.join(restored, 'relay.db'));
    db.prepare('UPDATE slot SET lease_until=lease_until+? WHERE lease_until>0').run(movedMs);
    db.close();

    const again = await openSqliteStore(restored);
    expect((await again.poolStatus(POOL))?.holders).toHaveLength(busy);
    await again.enqueue(newRequest(Array.from({ length: 9 }, (_one, at) => newOperation(`N${at}`))));
    const one = { defaultSizing: { maxOperations: 1, maxWeight: 1, fixedMs: 1, msPerWeight: 1 } };
    const slots: number[] = [];
    for (let next = await again.take(takeInput(one)); next.batch; next = await again.take(takeInput(one)))
      slots.push(next.batch.slot);
    expect(slots).toHaveLength(5 - busy);
    // Whoever came back from before the backup frees nobody else's slot.
    await again.freeSlot(pull!);
    expect((await again.poolStatus(POOL))?.holders.length).toBe(busy === 0 ? 5 : 4);
    await again.close();
  }),
);

test('a base backup of a working PostgreSQL store, restored, is the store of that moment and goes on', () =>
  withDisk(async (folder) => {
    const connectionString = await postgresUrl();
    const schema = 'backup';
    const store = await openPostgresStore({ connectionString, schema });
    const { accepted, underWay } = await live(store);
    const before = await everything(store, accepted);
    const copy = path.join(folder, 'data');
    const client = new Client({ connectionString });
    await client.connect();
    const { rows } = await client.query<{ dir: string }>(`SELECT current_setting('data_directory') AS dir`);
    await client.query(`SELECT pg_backup_start('test', true)`);
    cpSync(rows[0]?.dir ?? '', copy, { recursive: true });
    const stop = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    await store.enqueue(newRequest([newOperation('AFTER')]));
    await store.close();
    for (const name of readdirSync(path.join(rows[0]?.dir ?? '', 'pg_wal')))
      if (/^[0-9A-F]{24}$/.test(name))
        copyFileSync(path.join(rows[0]?.dir ?? '', 'pg_wal', name), path.join(copy, 'pg_wal', name));
    await client.end();
    writeFileSync(path.join(copy, 'backup_label'), stop.rows[0]?.labelfile ?? '');
    await stopPostgres();
    const restored = await openPostgresStore({ connectionString: await postgresOn(copy), schema });
    // The log reaches beyond the backup: what was accepted after it is there as well.
    expect((await restored.stats()).accepted).toBe(7);
    const [now, then] = [await everything(restored, accepted), before].map(
      (one) => one as { details: unknown; pool: PoolStatus },
    );
    expect(now?.details).toEqual(then?.details);
    // The call was under way in that moment: its slot is still its own.
    expect(now?.pool.holders).toEqual(then?.pool.holders);
    await goesOn(restored, accepted, underWay);
    await restored.close();
  }));
