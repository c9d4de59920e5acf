import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError } from '../../../relay/config/config-error';
import { loadConfig, parseConfig } from '../../../relay/config/load-config';
import type { ValueSources } from '../../../relay/config/resolve-values';
import { hashApiKey } from '../../../relay/security/verify-api-key';

const sources: ValueSources = {
  env: (name) => {
    if (name !== 'TOKEN_SECRET') throw new Error(`the environment variable ${name} is not set`);
    return 'from-env';
  },
  file: (name) => `content of ${name}`,
  command: (line) => `output of ${line}`,
};

const tba = { type: 'tba', consumerKey: 'ck', consumerSecret: 'cs', tokenId: 'ti', tokenSecret: 'env:TOKEN_SECRET' };

function minimal(change: Record<string, unknown> = {}, account: Record<string, unknown> = {}) {
  return { store: { path: 'data' }, netsuite: [{ account: '1234567_SB1', auth: tba, ...account }], ...change };
}

const parse = (value: unknown) => parseConfig(JSON.stringify(value), 'relay.json', sources, '/srv/relay');

function issuesOf(value: unknown): readonly { path: string; message: string }[] {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  test('fills in defaults, reads env: values, and takes relative paths from the folder of the file', () => {
    const config = parse(minimal());
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 8080 });
    expect(config.store.path).toBe('/srv/relay/data');
    expect(config.netsuite[0]?.auth).toMatchObject({ type: 'tba', tokenSecret: 'from-env' });
    expect(config.netsuite[0]?.concurrency).toEqual({ limit: 5, headroom: 0 });
    expect(config.lanes.realtime.reserved).toBe(1);
  });

  test('reads YAML as well as JSON', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'srl-config-'));
    try {
      const file = path.join(folder, 'suiterelay.yaml');
      writeFileSync(path.join(folder, 'secret'), 'kept-in-a-file\n');
      writeFileSync(
        file,
        'store: { path: data }\nnetsuite:\n  - account: 1234567_SB1\n    auth: { type: tba, consumerKey: a, consumerSecret: b, tokenId: c, tokenSecret: file:secret }\n',
      );
      expect(loadConfig(file).netsuite[0]?.auth).toMatchObject({ tokenSecret: 'kept-in-a-file' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ['a misspelt setting', minimal({ netsiute: [] }), 'netsiute', /not a known setting/],
    ['a missing store', { netsuite: minimal().netsuite }, 'store', /missing/],
    ['a flow switched by a word', minimal({ flows: [{ id: 'a.b', enabled: 'yes' }] }), 'flows.0.enabled', /boolean/],
    ['a preset misspelt', minimal({ flows: ['sales-force'] }), 'flows.0', /one of salesforce, hubspot/],
    ['a file of flows by number', minimal({ flows: [{ file: 1 }] }), 'flows.0.file', /string/],
    ['two stores', minimal({ store: { path: 'a', postgres: 'b' } }), 'store', /not both/],
    ['no account', minimal({ netsuite: [] }), 'netsuite', /at least one/],
    ['user and password', minimal({}, { auth: { type: 'nlauth' } }), 'netsuite.0.auth.type', /NLAuth/],
    [
      'a missing secret',
      minimal({}, { auth: { ...tba, tokenSecret: undefined } }),
      'netsuite.0.auth.tokenSecret',
      /missing/,
    ],
    [
      'an unset variable',
      minimal({}, { auth: { ...tba, tokenId: 'env:NOPE' } }),
      'netsuite.0.auth.tokenId',
      /NOPE is not set/,
    ],
    ['a port out of range', minimal({ listen: { port: 70000 } }), 'listen.port', /65535/],
    [
      'an unknown account of a source',
      minimal({ sources: [{ name: 'a', kind: 'direct', account: '9' }] }),
      'sources.0.account',
      /not among/,
    ],
    ['a short retry schedule', minimal({ delivery: { retrySeconds: [1, 2] } }), 'delivery.retrySeconds', /24 hours/],
    ['no slot left', minimal({}, { concurrency: { limit: 2, headroom: 2 } }), 'netsuite.0.concurrency', /no slot/],
  ])('names the path and the remedy of %s', (_what, value, at, message) => {
    expect(issuesOf(value)).toContainEqual({ path: at, message: expect.stringMatching(message) as string });
  });

  test('lists every issue at once', () => {
    expect(
      issuesOf(minimal({ listen: { port: -1 }, sources: [{ name: 'A', kind: 'x' }] })).length,
    ).toBeGreaterThanOrEqual(3);
  });
});

describe('unsafe set-ups are refused with the remedy', () => {
  const key = (word: string) => ({
    sources: [{ name: 's', kind: 'direct', keys: [{ id: 'k', sha256: hashApiKey(word) }] }],
  });

  test.each([
    ['a default API key', minimal(key('changeme')), 'sources.0.keys.0.sha256', /keygen/],
    [
      'a weak signing secret',
      minimal({}, { events: { secrets: ['whsec_dGVzdA=='] } }),
      'netsuite.0.events.secrets.0',
      /24 random bytes/,
    ],
    [
      'P45 production with a sandbox account',
      minimal({ environment: 'production' }),
      'netsuite.0.account',
      /not a production account/,
    ],
    [
      'P45 sandbox with the production account',
      minimal({ environment: 'sandbox' }, { account: '1234567' }),
      'netsuite.0.account',
      /is a production account/,
    ],
    [
      'P45 an address of another account',
      minimal({}, { account: '1234567', baseUrl: 'https://1234567-sb1.restlets.api.netsuite.com' }),
      'netsuite.0.baseUrl',
      /another/,
    ],
    [
      'P45 tokens of another account',
      minimal({}, { auth: { ...tba, realm: '1234567' } }),
      'netsuite.0.auth.realm',
      /another/,
    ],
    [
      'NetSuite without encryption',
      minimal({ environment: 'sandbox' }, { baseUrl: 'http://ns.example.com' }),
      'netsuite.0.baseUrl',
      /https/,
    ],
    [
      'a token endpoint without encryption',
      minimal(
        { environment: 'sandbox' },
        {
          auth: {
            type: 'oauth2',
            clientId: 'a',
            certificateId: 'b',
            privateKey: 'c',
            tokenUrl: 'http://ns.example.com/token',
          },
        },
      ),
      'netsuite.0.auth.tokenUrl',
      /https/,
    ],
    [
      'a CRM without encryption',
      minimal({
        environment: 'sandbox',
        crm: [{ name: 'a', kind: 'webhook', url: 'http://hooks.example.com', signingSecrets: [] }],
      }),
      'crm.0.url',
      /https/,
    ],
    [
      'keys of an identity provider without encryption',
      minimal({
        environment: 'sandbox',
        sources: [
          { name: 'a', kind: 'generic', jwt: { issuer: 'i', audience: 'x', jwksUrl: 'http://id.example.com/keys' } },
        ],
      }),
      'sources.0.jwt.jwksUrl',
      /https/,
    ],
    [
      'alerts without encryption',
      minimal({ environment: 'sandbox', alerts: [{ type: 'webhook', url: 'http://alerts.example.com' }] }),
      'alerts.0.url',
      /https/,
    ],
    [
      'a public port without encryption',
      minimal({ environment: 'sandbox', listen: { host: '0.0.0.0' } }),
      'listen',
      /tls/,
    ],
    ['a nightly comparison that never comes', minimal({ reconcile: { cron: '0 4 30 2 *' } }), 'reconcile.cron', /cron/],
    ['a nightly comparison by words', minimal({ reconcile: { cron: 'every day' } }), 'reconcile.cron', /30 4/],
    [
      'the nightly comparison in a zone that is none',
      minimal({ reconcile: { timeZone: 'Nowhere/City' } }),
      'reconcile.timeZone',
      /IANA/,
    ],
    ['a proxy by its name', minimal({ trustProxy: 'nginx' }), 'trustProxy', /loopback/],
    [
      'an alert that leads nowhere',
      minimal({ alerts: [{ type: 'slack', url: 'hooks.slack.com' }] }),
      'alerts.0.url',
      /URL/,
    ],
    ['a store in no folder', minimal({ store: { path: '' } }), 'store.path', /no folder/],
    [
      'one account in two ways of writing, each with its own slots',
      { ...minimal(), netsuite: [...minimal().netsuite, { account: '1234567-sb1', auth: tba }] },
      'netsuite.1.account',
      /second time/,
    ],
  ])('%s', (_what, value, at, message) => {
    expect(issuesOf(value)).toContainEqual({ path: at, message: expect.stringMatching(message) as string });
  });

  test.each([true, 2, 'loopback', '10.0.0.0/8, 192.168.1.7', 'uniquelocal', '10.0.0.0/255.0.0.0', 'fc00::/7'])(
    'proxies are believed as Express writes them: %p',
    (trustProxy) => expect(issuesOf(minimal({ trustProxy }))).toEqual([]),
  );

  test('what stays on the machine needs no encryption, except that an account is never there', () => {
    const crm = [{ name: 'a', kind: 'webhook', url: 'http://127.0.0.1:9000/in' }];
    expect(issuesOf(minimal({ environment: 'sandbox', crm }))).toEqual([]);
    const emulated = minimal({ environment: 'sandbox', crm }, { baseUrl: 'http://127.0.0.1:9001' });
    expect(issuesOf(emulated)).toMatchObject([{ path: 'netsuite.0.baseUrl' }]);
  });

  test('one key for two sources', () => {
    const sha256 = hashApiKey('srl_0123456789');
    const value = minimal({
      sources: ['a', 'b'].map((name) => ({ name, kind: 'direct', keys: [{ id: name, sha256 }] })),
    });
    expect(issuesOf(value)[0]).toEqual({
      path: 'sources.1.keys.0.sha256',
      message: expect.stringContaining('same key') as string,
    });
  });

  test('tokens that nothing tells apart, for two sources', () => {
    const jwt = { issuer: 'https://id.example.com', audience: 'relay', jwksUrl: 'https://id.example.com/keys' };
    const named = (...jwts: object[]) =>
      minimal({ sources: jwts.map((one, at) => ({ name: `s${at}`, kind: 'generic', jwt: one })) });
    expect(issuesOf(named(jwt, { ...jwt, subject: 'x' }, { ...jwt, audience: 'other' }))).toEqual([]);
    expect(issuesOf(named(jwt, jwt))).toEqual([
      { path: 'sources.1.jwt', message: expect.stringContaining('the same tokens as the source s0') as string },
    ]);
  });
});
