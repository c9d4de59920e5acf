import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { openStore } from '../../../relay/runtime/open-store';
import { openPostgresStore } from '../../../relay/store/postgres/open-postgres-store';
import { networkFileSystem } from '../../../relay/store/sqlite/check-file-system';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { postgresUrl, stopPostgres } from '../../helpers/postgres';
import { KEY, MAIN, relayFolder, startRelayProcess } from '../../helpers/relay-process';
import { acceptedOf, newOperation, newRequest, withDisk } from '../../helpers/stores';

const MB = 1024 * 1024;
const disk = mkdtempSync(path.join(os.tmpdir(), 'relay-disk-'));
/**
 * Half of the disk is given back after it was full: the store may need as much room again as it holds, since what stands in its log has to
 * be moved into the database before the log can begin anew.
 */
const BALLAST = 3 * MB;
/** A file system of a few megabytes; mounting one takes root. */
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${2 * BALLAST}`, 'relay', disk]).status === 0;

afterAll(async () => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
  await stopPostgres();
});

const send = (url: string, n: number) =>
  fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': `k-${n}` },
    body: JSON.stringify({
      source: 'direct',
      records: [
        {
          recordType: 'customer',
          action: 'upsert',
          full: true,
          key: { externalId: `C${n}` },
          fields: { comments: { value: 'x'.repeat(20_000) } },
        },
      ],
    }),
  });
const read = async (url: string, id: string): Promise<number> =>
  (await fetch(`${url}/v1/operations/${id}`, { headers: { authorization: `Bearer ${KEY}` } })).status;

// Without the right to mount there is no disk to fill.
(mounted ? test : test.skip)(
  'a full disk and one that became read-only are answered with 503, never with 202; what was accepted stays, and room brings the relay back',
  async () => {
    const ballast = path.join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(BALLAST));
    const folder = relayFolder('http://127.0.0.1:9', { store: { path: path.join(disk, 'store') } });
    let relay = await startRelayProcess(folder.file);
    const accepted: string[] = [];
    let full: { status: number; body: { type?: string } } | null = null;
    for (let n = 0; n < 400 && !full; n++) {
      const answer = await send(relay.url, n);
      const body = (await answer.json()) as { type?: string; operations?: { operationId: string }[] };
      if (answer.status === 202) accepted.push(body.operations?.[0]?.operationId ?? '');
      else full = { status: answer.status, body };
    }
    expect(full).toMatchObject({ status: 503, body: { type: expect.stringContaining('store-unavailable') } });
    expect(accepted.length).toBeGreaterThan(20);
    const ready = await fetch(`${relay.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ checks: { store: expect.stringMatching(/full|space/i) } });

    rmSync(ballast);
    const refused = accepted.length;
    let again = await send(relay.url, refused);
    for (let tries = 0; again.status !== 202 && tries < 300; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      again = await send(relay.url, refused);
    }
    expect(again.status).toBe(202);
    for (let tries = 0; (await fetch(`${relay.url}/readyz`)).status !== 200; tries++) {
      expect(tries).toBeLessThan(300);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    accepted.push(((await again.json()) as { operations: { operationId: string }[] }).operations[0]?.operationId ?? '');

    relay.child.kill('SIGKILL');
    await relay.exited;
    relay = await startRelayProcess(folder.file);
    for (const id of accepted) expect(await read(relay.url, id)).toBe(200);
    relay.child.kill('SIGKILL');
    await relay.exited;

    expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
    await expect(startRelayProcess(folder.file)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("can't be written"),
    });
    folder.remove();
  },
);

test('a damaged store is refused with the advice to restore a backup, and left as it is', () =>
  withDisk(async (folder, open) => {
    const store = await open();
    await store.enqueue(newRequest(Array.from({ length: 200 }, (_, at) => newOperation(`K${at}`))));
    await store.close();
    const file = path.join(folder, 'relay.db');
    const handle = openSync(file, 'r+');
    for (let page = 3; page < statSync(file).size / 4096; page += 2)
      writeSync(handle, Buffer.alloc(2048, 0xa5), 0, 2048, page * 4096);
    closeSync(handle);
    const before = readFileSync(file);
    await expect(open()).rejects.toMatchObject({
      name: 'StoreRefused',
      reason: 'corrupt',
      message: expect.stringContaining('backup'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    writeFileSync(file, 'no database at all, but long enough to look at'.repeat(200));
    await expect(open()).rejects.toMatchObject({ name: 'StoreRefused', reason: 'corrupt' });
  }));

test.each([
  ['relay.db', "can't be opened"],
  ['relay.db.lock', "can't be opened"],
  ['relay.db-wal', "can't be read or written"],
  ['relay.db-shm', 'can only be read'],
])('%s that the store can not use is named, with what to look at, and nothing is left locked', async (name, fault) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-unusable-'));
  const file = path.join(folder, name);
  try {
    mkdirSync(file);
    const named = name === 'relay.db.lock' ? file : path.join(folder, 'relay.db');
    await expect(openSqliteStore(folder)).rejects.toThrow(`The store ${named}`);
    await expect(openSqliteStore(folder)).rejects.toThrow(fault);
    rmdirSync(file);
    await (await openSqliteStore(folder)).close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a folder that is no folder is refused by name', () =>
  withDisk(async (folder) => {
    writeFileSync(path.join(folder, 'file'), '');
    await expect(openSqliteStore(path.join(folder, 'file', 'store'))).rejects.toMatchObject({
      name: 'StoreRefused',
      reason: 'unsafe-file-system',
    });
  }));

const onLinux = process.platform === 'linux' ? test : test.skip;

// In a process of its own: what is tried here could never end.
onLinux.each(['/proc/self/relay/store', '/proc/relay.db', '/sys/relay'])(
  'a store in %s, where the operating system shows itself as files, is refused by name at once',
  (place) => {
    const folder = relayFolder('http://127.0.0.1:9', { store: { path: place } });
    const args = [MAIN, '--config', folder.file];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
    folder.remove();
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('which keeps no files') });
  },
);

(existsSync('/dev/shm') ? onLinux : test.skip)(
  'a store that lies in memory is refused in production, where a 202 must outlive the machine',
  async () => {
    const folder = mkdtempSync('/dev/shm/relay-store-');
    const store = { path: path.join(folder, 'store') };
    await expect(openStore({ store, environment: 'production' })).rejects.toMatchObject({
      name: 'StoreRefused',
      message: expect.stringContaining('lies in memory'),
    });
    await (await openStore({ store, environment: 'development' })).close();
    rmSync(folder, { recursive: true });
  },
);

test('network file systems are known by their type, local ones are not taken for one', () => {
  expect([0x6969, 0x517b, 0xff534d42, 0xfe534d42, -0x1acb2be, 0x01021997].map(networkFileSystem)).toEqual([
    'NFS',
    'SMB',
    'CIFS',
    'SMB2',
    'SMB2',
    '9P',
  ]);
  const [ext4, xfs, btrfs, tmpfs, overlay] = [0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630];
  expect([ext4, xfs, btrfs, tmpfs, overlay].map((type) => networkFileSystem(type ?? 0))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

describe('PostgreSQL', () => {
  const change = async (url: string, ...statements: string[]) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const statement of [...statements, 'SELECT pg_reload_conf()']) await client.query(statement);
    await client.end();
  };

  test('a server that takes no writes, and one that is gone, are told apart, never answered as stored, and used again when they are back', async () => {
    const connectionString = await postgresUrl();
    const place = { connectionString, schema: 'trouble' };
    const store = await openPostgresStore(place);
    const kept = acceptedOf(await store.enqueue(newRequest([newOperation('A')])));
    await change(connectionString, 'ALTER SYSTEM SET default_transaction_read_only=on');
    const tryOne = () => store.enqueue(newRequest([newOperation('B')]));
    await expect(until(tryOne, 'rejected')).resolves.toMatchObject({ name: 'StoreUnavailable', reason: 'read-only' });
    await expect(store.check()).rejects.toMatchObject({ reason: 'read-only' });
    await change(
      connectionString,
      'SET default_transaction_read_only=off',
      'ALTER SYSTEM RESET default_transaction_read_only',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid<>pg_backend_pid() AND backend_type='client backend'`,
    );
    await until(tryOne, 'fulfilled');
    expect(await store.getOperation(kept.operations[0]?.operationId ?? '')).toMatchObject({ state: 'queued' });
    await stopPostgres();
    await expect(tryOne()).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'disconnected' });
    await store.close();
  });

  test('connections that end in the middle of transactions cost neither the relay nor an answer: each request is stored or refused', async () => {
    const connectionString = await postgresUrl();
    const store = await openPostgresStore({ connectionString, schema: 'cut' });
    // The first is stored before anything is cut.
    const outcomes = new Set<string>([(await store.enqueue(newRequest([newOperation('FIRST')]))).outcome]);
    let sent = 0;
    const senders = Array.from({ length: 20 }, async () => {
      while (!outcomes.has('StoreUnavailable') && sent < 20_000) {
        const tried = await store.enqueue(newRequest([newOperation(`K${sent++}`)])).catch((error: Error) => error.name);
        outcomes.add(typeof tried === 'string' ? tried : tried.outcome);
      }
    });
    const cutter = (async () => {
      while (!outcomes.has('StoreUnavailable') && sent < 20_000)
        await change(
          connectionString,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid<>pg_backend_pid() AND backend_type='client backend'`,
        );
    })();
    await Promise.all([...senders, cutter]);
    expect([...outcomes].sort()).toEqual(['StoreUnavailable', 'accepted']);
    await until(() => store.enqueue(newRequest([newOperation('AFTER')])), 'fulfilled');
    await store.close();
  });

  test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
    'a server with %s = off is refused',
    async (setting) => {
      const connectionString = await postgresUrl();
      await change(connectionString, `ALTER SYSTEM SET ${setting}=off`);
      const opened = () => openPostgresStore({ connectionString, schema: 'unsafe' });
      await expect(until(async () => (await opened()).close(), 'rejected')).resolves.toMatchObject({
        name: 'StoreRefused',
        reason: 'unsafe-settings',
        message: expect.stringContaining(setting),
      });
      await change(connectionString, `ALTER SYSTEM RESET ${setting}`);
      await until(async () => (await opened()).close(), 'fulfilled');
    },
  );

  /** A setting takes effect a moment after it was changed. */
  async function until(work: () => Promise<unknown>, outcome: 'rejected' | 'fulfilled'): Promise<unknown> {
    for (let tries = 0; ; tries++) {
      const [result] = await Promise.allSettled([work()]);
      if (result.status === outcome) return result.status === 'rejected' ? result.reason : result.value;
      if (tries === 1_500) throw new Error(`Still ${result.status}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
