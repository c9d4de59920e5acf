import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeKeyAndCertificate } from '../../../relay/cli/keygen/make-certificate';
import type { RelayConfig } from '../../../relay/config/schema';
import type { NetSuiteConfig } from '../../../relay/config/schema-netsuite';
import { connectRenewable } from '../../../relay/runtime/connect-netsuite';
import { mergeReload, needsRestart } from '../../../relay/runtime/build-settings';

const keyPair = () =>
  makeKeyAndCertificate({ kind: 'ec-p256', commonName: 'test', days: 30, now: new Date() }).privateKeyPem;

/** An account whose tokens carry the certificate id of the assertion they were given for. */
async function startAccount() {
  const served: string[] = [];
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url?.includes('/token')) {
        const [header = ''] = (new URLSearchParams(body).get('client_assertion') ?? '').split('.');
        const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
        response.end(JSON.stringify({ access_token: kid, expires_in: 3600 }));
        return;
      }
      served.push(request.headers.authorization ?? '');
      const answer = (): void => void response.end('{}');
      if (request.url?.includes('hold')) held.push(answer);
      else answer();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, served, held, server };
}

test('a new certificate is taken over while calls run: those under way end with the old token, the next ones use the new', async () => {
  const account = await startAccount();
  const netsuite = (certificateId: string, privateKey: string): NetSuiteConfig => ({
    account: 'A1',
    baseUrl: account.baseUrl,
    auth: { type: 'oauth2', clientId: 'c', certificateId, privateKey, alg: 'ES256', scope: ['restlets'] },
    concurrency: { limit: 5, headroom: 0 },
    events: { mode: 'pull', everySeconds: 30, secrets: [] },
    timeZone: 'UTC',
    settings: {},
  });
  const { client, prepareAuth } = connectRenewable(netsuite('old', keyPair()), 1_000);
  const call = (script: string) => client.call({ script, deploy: 'd', method: 'GET', answerMs: 60_000 });
  try {
    expect((await call('first')).ok).toBe(true);
    const underWay = call('hold');
    while (account.held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const next = prepareAuth(netsuite('new', keyPair()));
    expect((await call('before')).ok).toBe(true);
    next.take();
    expect((await call('after')).ok).toBe(true);
    account.held[0]?.();
    expect((await underWay).ok).toBe(true);
    expect(account.served).toEqual(['Bearer old', 'Bearer old', 'Bearer old', 'Bearer new']);
    expect(() => prepareAuth(netsuite('broken', 'no key'))).toThrow();
    expect((await call('still')).ok).toBe(true);
    expect(account.served.at(-1)).toBe('Bearer new');
  } finally {
    await client.close();
    account.server.close();
  }
});

test('credentials alone need no restart; what else an account says does, and its credentials are taken over all the same', () => {
  const config = (auth: string, limit: number) =>
    ({
      netsuite: [{ account: 'A1', auth: { certificateId: auth }, concurrency: { limit } }],
    }) as unknown as RelayConfig;
  expect(needsRestart(config('old', 5), config('new', 5))).toEqual([]);
  const kept = needsRestart(config('old', 5), config('new', 9));
  expect(kept).toEqual(['netsuite']);
  expect(mergeReload(config('old', 5), config('new', 9), kept)).toEqual(config('new', 5));
});
