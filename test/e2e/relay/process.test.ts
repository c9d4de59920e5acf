import { spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { makeKeyAndCertificate } from '../../../relay/cli/keygen/make-certificate';
import { ADMIN, KEY, MAIN } from '../../helpers/relay-process';
import { relayStage, type RelayStage } from '../../helpers/relay-stage';

let netsuite: RelayStage['netsuite'];
let folder: RelayStage['folder'];
const stage = relayStage();
const { start } = stage;
beforeEach(() => ({ netsuite, folder } = stage));

const record = (externalId: string) => ({
  recordType: 'customer',
  action: 'upsert',
  key: { externalId },
  fields: { phone: { value: '1' } },
});
const send = (url: string, idempotencyKey: string, externalIds: string[], headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
      ...headers,
    },
    body: JSON.stringify({ source: 'direct', records: externalIds.map(record) }),
  });
const overview = async (url: string) =>
  (await (await fetch(`${url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } })).json()) as {
    accepted: number;
    byState: Record<string, number>;
  };

test('a record goes in over HTTP and is reported done after NetSuite answered', async () => {
  const { url } = await start();
  const response = await send(url, 'a', ['E1'], {
    prefer: 'wait=25',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    operations: [{ state: 'done', result: 'created', internalId: '1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' }],
  });
});

test('kill -9 in the middle: everything acknowledged is applied after the restart, nothing is applied twice', async () => {
  netsuite.delayMs = 150;
  // A lost call's slot and records wait until it is surely over: here after about three seconds.
  folder.write({ timeouts: { connectMs: 500, budgetMs: 1000, lateWriterMarginMs: 500, answerMarginMs: 1000 } });
  const first = await start();
  const acknowledged: string[] = [];
  const sending = Array.from({ length: 12 }, async (_, part) => {
    const ids = Array.from({ length: 25 }, (_one, index) => `K${part}_${index}`);
    const response = await send(first.url, `part-${part}`, ids).catch(() => null);
    if (response?.status === 202) acknowledged.push(...ids);
  });
  await Promise.all(sending);
  await until(() => netsuite.applied.size >= 40);
  first.child.kill('SIGKILL');
  await first.exited;
  netsuite.delayMs = 0;

  const second = await start();
  // The same request again, because its sender never knew: the same answer, no second operation.
  expect(
    (
      await send(
        second.url,
        'part-0',
        Array.from({ length: 25 }, (_, index) => `K0_${index}`),
      )
    ).status,
  ).toBe(202);
  await until(async () => (await overview(second.url)).byState['done'] === acknowledged.length);
  const { accepted, byState } = await overview(second.url);
  expect({ accepted, done: byState['done'] }).toEqual({ accepted: 300, done: 300 });
  expect(new Set(netsuite.order).size).toBe(300);
  expect(netsuite.order).toHaveLength(300);
});

test('SIGTERM refuses new work, finishes what is under way, and ends with 0', async () => {
  netsuite.delayMs = 400;
  const relay = await start();
  await send(relay.url, 'a', ['E1']);
  await until(() => netsuite.applied.size > 0);
  relay.child.kill('SIGTERM');
  expect(await relay.exited).toBe(0);
  expect(relay.log()).toContain('"msg":"stopped"');
  const again = await start();
  expect((await overview(again.url)).byState['done']).toBe(1);
});

test('SIGHUP takes over new keys, and a file with a fault changes nothing', async () => {
  const relay = await start();
  const status = async () => (await send(relay.url, `h-${Math.random()}`, ['H1'])).status;
  expect(await status()).toBe(202);
  folder.write({ nonsense: true });
  relay.child.kill('SIGHUP');
  await until(() => relay.log().includes('was not reloaded'));
  expect(await status()).toBe(202);
  folder.write({ sources: [] });
  relay.child.kill('SIGHUP');
  await until(() => relay.log().includes('configuration reloaded'));
  expect(await status()).toBe(401);
});

test('a slip in an option starts no relay, though a configuration lies in the folder', () => {
  const cwd = folder.folder;
  renameSync(folder.file, path.join(cwd, 'suiterelay.json'));
  for (const slip of [['--cofnig', 'prod.json'], ['--config'], ['prod.json']]) {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...slip], { cwd, encoding: 'utf8', timeout: 50_000 });
    expect([status, stderr]).toEqual([2, expect.stringContaining('Give --config FILE.')]);
  }
});

test('an address that this machine has not is told in a sentence', () => {
  folder.write({ listen: { host: '192.0.2.1', port: 0 } });
  const { status, stderr } = spawnSync(process.execPath, [MAIN, '--config', folder.file], { encoding: 'utf8' });
  expect([status, stderr.trim()]).toEqual([2, expect.stringMatching(/^The relay can't listen: [^\n]+listen\.port\.$/)]);
});

test('a second relay on the same store is refused with the reason', async () => {
  await start();
  const second = spawnSync(process.execPath, [MAIN, '--config', folder.file], { encoding: 'utf8', timeout: 50_000 });
  expect(second.status).toBe(2);
  expect(second.stderr).toMatch(/in use|another process|locked/i);
});

test.each([
  ['a fault in the file', { listen: { port: 99_999 } }, 'listen.port'],
  [
    'a well-known secret',
    {
      sources: [
        {
          name: 's',
          kind: 'direct',
          keys: [{ id: 'k', sha256: '057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86' }],
        },
      ],
    },
    'sources.0.keys.0.sha256',
  ],
  [
    'a key file that holds no key',
    {
      netsuite: [
        {
          account: 'TSTDRV1000001',
          baseUrl: 'http://127.0.0.1:9',
          auth: { type: 'oauth2', clientId: 'c', certificateId: 'd', privateKeyFile: __filename },
        },
      ],
    },
    `netsuite.0.auth: ${__filename} holds no private key in PEM`,
  ],
  [
    'a certificate that is not there',
    { listen: { port: 0, tls: { certFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' } } },
    "listen.tls.certFile: can't be read: ENOENT",
  ],
])('%s ends with 2 and names the path', (_what, change, at) => {
  folder.write(change);
  const { status, stderr, stdout } = spawnSync(process.execPath, [MAIN, '--config', folder.file], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(at);
});

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('an account that can not carry out bulk jobs gets a large load by single calls', async () => {
  netsuite.delayMs = 1_500;
  folder.write({ bulkJobs: { above: 20 }, dispatch: { sizing: { most: 1, first: { default: 1 } } } });
  const relay = await start();
  const keys = Array.from({ length: 40 }, (_, at) => `BIG${at}`);
  const answer = await fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'big' },
    body: JSON.stringify({ source: 'direct', records: keys.map(record), options: { lane: 'bulk' } }),
  });
  expect(answer.status).toBe(202);
  while (!relay.log().includes('a bulk job was given up')) await new Promise((resolve) => setTimeout(resolve, 50));
  netsuite.delayMs = 0;
  while ((await overview(relay.url)).byState['done'] !== 40) await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...netsuite.applied.values()].every((times) => times === 1)).toBe(true);
  expect(netsuite.applied.size).toBe(40);
});

test('SIGTERM ends the relay in its time also while a call is never answered and the pull of events waits for the slot', async () => {
  netsuite.misbehave = () => true;
  folder.write({
    netsuite: [
      {
        account: 'TSTDRV1000001',
        baseUrl: folder.baseUrl,
        auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
        concurrency: { limit: 1 },
        events: { mode: 'pull', everySeconds: 0.05 },
      },
    ],
    timeouts: { drainMs: 500 },
  });
  const relay = await start();
  await send(relay.url, 'a', ['E1']);
  while (netsuite.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  // Long enough for the next pull to stand in line.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const begun = Date.now();
  relay.child.kill('SIGTERM');
  expect(await relay.exited).toBe(0);
  expect(Date.now() - begun).toBeLessThan(20_000);
});

test('a lane that the configuration stops begins stopped; the others go, and it goes on when a person says so', async () => {
  folder.write({ lanes: { bulk: { paused: true } }, dispatch: { lingerMs: { bulk: 0 } } });
  const relay = await start();
  const sent = await fetch(`${relay.url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'stopped' },
    body: JSON.stringify({ source: 'direct', records: [record('BULK')], options: { lane: 'bulk' } }),
  });
  expect(sent.status).toBe(202);
  await send(relay.url, 'real', ['REAL']);
  await until(async () => (await overview(relay.url)).byState['done'] === 1);
  expect(netsuite.order).toEqual(['REAL']);
  const resumed = await fetch(`${relay.url}/v1/admin/pools/TSTDRV1000001/lanes/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ paused: false }),
  });
  expect(resumed.status).toBe(200);
  await until(async () => (await overview(relay.url)).byState['done'] === 2);
  expect(netsuite.order).toEqual(['REAL', 'BULK']);
});

test('TLS is spoken directly where a certificate is configured, and nothing else', async () => {
  const commonName = 'relay of this test';
  const made = makeKeyAndCertificate({ kind: 'ec-p256', commonName, days: 1, now: new Date() });
  writeFileSync(path.join(folder.folder, 'tls.crt'), made.certificatePem);
  writeFileSync(path.join(folder.folder, 'tls.key'), made.privateKeyPem);
  folder.write({ listen: { port: 0, tls: { certFile: 'tls.crt', keyFile: 'tls.key' } } });
  const { url } = await start();
  expect(url).toMatch(/^https:/);
  const seen = await new Promise<{ status?: number; name: unknown; protocol: string | null }>((resolve, reject) => {
    // The certificate is the test's own; whether it is the one shown is what is asked here.
    get(`${url}/healthz`, { rejectUnauthorized: false }, (response) => {
      const socket = response.socket as TLSSocket;
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        name: socket.getPeerCertificate().subject.CN,
        protocol: socket.getProtocol(),
      });
    }).once('error', reject);
  });
  expect(seen).toEqual({ status: 200, name: commonName, protocol: 'TLSv1.3' });
  await expect(fetch(`${url.replace('https', 'http')}/healthz`)).rejects.toThrow();
});
