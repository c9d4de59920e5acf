import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeAgent, makeRestletClient } from '../../../relay/netsuite';

test('a call whose lease has grown too old while it was signed never leaves the machine', async () => {
  let seen = 0;
  const server = createServer((_, response) => {
    seen++;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authorizer = { header: () => Promise.resolve('Bearer x'), renew: () => false };
  const agent = makeAgent(1_000, 1);
  const client = makeRestletClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, authorizer, agent);
  const call = { script: 's', deploy: 'd', method: 'GET' as const, answerMs: 1_000 };
  expect(await client.call({ ...call, sendBy: performance.now() - 1 })).toMatchObject({
    ok: false,
    failure: { kind: 'late', code: 'LEASE_TOO_OLD' },
  });
  expect(seen).toBe(0);
  expect(await client.call({ ...call, sendBy: performance.now() + 1_000 })).toMatchObject({ ok: true });
  expect(seen).toBe(1);
  await client.close();
  server.close();
});
