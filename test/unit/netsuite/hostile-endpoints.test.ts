import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { makeKeyAndCertificate } from '../../../relay/cli/keygen/make-certificate';
import { makeAgent, makeRestletClient, oauth2Authorizer } from '../../../relay/netsuite';

const call = { script: 's', deploy: 'd', method: 'POST' as const, answerMs: 30_000, body: {} };
const servers: Server[] = [];
const agent = makeAgent(5_000, 10);

async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls ? createSecure(tls, listener) : createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => agent.close());

const oauth = (tokenUrl: string) =>
  oauth2Authorizer(
    {
      clientId: 'c',
      certificateId: 'k',
      privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
      alg: 'ES256',
      tokenUrl,
      audience: tokenUrl,
      scope: ['restlets'],
    },
    agent,
  );

test('a token that ended under many calls is fetched anew once, however late each of them learns of it', async () => {
  let issued = 0;
  let served = 0;
  const refusals: (() => void)[] = [];
  const url = await serve((request, response) => {
    if (request.url === '/token') {
      response.end(JSON.stringify({ access_token: `t${++issued}`, expires_in: 3600 }));
    } else if (request.headers.authorization === 'Bearer t1') {
      refusals.push(() => response.writeHead(401).end('{"error":{"code":"INVALID_LOGIN_ATTEMPT","message":"no"}}'));
    } else {
      served++;
      response.end('{}');
    }
  });
  const client = makeRestletClient(url, oauth(`${url}/token`), agent);
  const calls = Array.from({ length: 4 }, () => client.call(call));
  while (refusals.length < 4) await new Promise(setImmediate);
  for (const [at, refuse] of refusals.entries()) {
    refuse();
    // Each learns of it only when the one before is done with its new token.
    while (served <= at) await new Promise(setImmediate);
  }
  expect((await Promise.all(calls)).every(({ ok }) => ok)).toBe(true);
  expect(issued).toBe(2);
});

test('a host whose certificate is not trusted gets nothing: the call counts as not sent, and its slot is free at once', async () => {
  const { privateKeyPem, certificatePem } = makeKeyAndCertificate({
    kind: 'ec-p256',
    commonName: 'elsewhere.example.com',
    days: 1,
    now: new Date(),
  });
  let seen = 0;
  const url = await serve((_, response) => void (seen++, response.end('{}')), {
    key: privateKeyPem,
    cert: certificatePem,
  });
  const authorizer = { header: () => Promise.resolve('Bearer x'), renew: () => false };
  expect(await makeRestletClient(url, authorizer, agent).call(call)).toMatchObject({
    ok: false,
    failure: { kind: 'unsent', class: 'transient' },
  });
  expect(seen).toBe(0);
});

test('a certificate that has expired stops the call before it is sent, and is named as the reason', async () => {
  const { privateKeyPem, certificatePem } = makeKeyAndCertificate({
    kind: 'ec-p256',
    commonName: '127.0.0.1',
    days: 1,
    now: new Date(Date.now() - 10 * 86_400_000),
  });
  let seen = 0;
  const url = await serve((_, response) => void (seen++, response.end('{}')), {
    key: privateKeyPem,
    cert: certificatePem,
  });
  const trusted = getCACertificates('default');
  // Trusted, so that nothing but its age is wrong with it.
  setDefaultCACertificates([...trusted, certificatePem]);
  try {
    const authorizer = { header: () => Promise.resolve('Bearer x'), renew: () => false };
    expect(await makeRestletClient(url, authorizer, agent).call(call)).toMatchObject({
      ok: false,
      failure: { kind: 'unsent', class: 'transient', code: 'CERT_HAS_EXPIRED' },
    });
  } finally {
    setDefaultCACertificates(trusted);
  }
  expect(seen).toBe(0);
});

test('a token endpoint that answers a page instead of a token, or nothing that can be reached, sends no call and blames no credentials', async () => {
  const page = await serve((_, response) => response.end('<html>maintenance</html>'));
  for (const tokenUrl of [`${page}/token`, 'http://127.0.0.1:1/token', 'http://nowhere.invalid/token'])
    expect(await makeRestletClient(page, oauth(tokenUrl), agent).call(call)).toMatchObject({
      ok: false,
      failure: { kind: 'unsent', login: false },
    });
});

test('a token endpoint that is out of order sends no call, and no operation is to blame for it', async () => {
  for (const status of [500, 502, 503, 504]) {
    const broken = await serve((_, response) => response.writeHead(status).end('<html>maintenance</html>'));
    const called = await makeRestletClient(broken, oauth(`${broken}/token`), agent).call(call);
    expect(called).toMatchObject({ ok: false, failure: { kind: 'unsent', class: 'transient', login: false, status } });
  }
});
