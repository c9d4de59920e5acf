import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { Agent } from 'undici';
import { makeKeyAndCertificate } from '../../../relay/cli/keygen/make-certificate';
import { makeAgent, makeRestletClient } from '../../../relay/netsuite';

const call = { script: 's', deploy: 'd', method: 'GET' as const, answerMs: 5_000 };
const authorizer = { header: () => Promise.resolve('Bearer x'), renew: () => false };
const LATE = { ok: false, failure: { kind: 'late', code: 'LEASE_TOO_OLD' } };

test('a call whose lease has grown too old while it was signed never leaves the machine', async () => {
  let seen = 0;
  const server = createServer((_, response) => {
    seen++;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = makeAgent(1_000, 1);
  const client = makeRestletClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, authorizer, agent);
  expect(await client.call({ ...call, stillInTime: () => false })).toMatchObject(LATE);
  expect(seen).toBe(0);
  expect(await client.call({ ...call, stillInTime: () => true })).toMatchObject({ ok: true });
  expect(seen).toBe(1);
  await client.close();
  server.close();
});

test('nor does one whose lease grew too old while its connection came about', async () => {
  let seen = 0;
  let inTime = true;
  const { certificatePem: cert, privateKeyPem: key } = makeKeyAndCertificate({
    kind: 'ec-p256',
    commonName: 'localhost',
    days: 1,
    now: new Date(),
  });
  const server = createSecureServer(
    {
      // In the middle of the handshake, when the request was already handed over to be sent.
      SNICallback: (_, answer) => {
        inTime = false;
        answer(null, createSecureContext({ cert, key }));
      },
    },
    (_, response) => {
      seen++;
      response.end('{}');
    },
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  const client = makeRestletClient(`https://localhost:${(server.address() as AddressInfo).port}`, authorizer, agent);
  expect(await client.call({ ...call, stillInTime: () => inTime })).toMatchObject(LATE);
  expect(seen).toBe(0);
  expect(await client.call(call)).toMatchObject({ ok: true });
  expect(seen).toBe(1);
  await client.close();
  server.close();
});
