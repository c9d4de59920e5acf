import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Alert } from '../../../relay/alerts/alert';
import { startAlerts } from '../../../relay/alerts/start-alerts';
import { makeKeyAndCertificate } from '../../../relay/cli/keygen/make-certificate';
import { addWatchGauges } from '../../../relay/watch/watch-gauges';
import { listCredentials } from '../../../relay/watch/credentials';
import { watchActivity } from '../../../relay/watch/flow-activity';
import { judgeCredentials } from '../../../relay/watch/judge-credentials';
import { noteRules, rulesDigest } from '../../../relay/watch/rules-in-force';
import { KEYS, startHttpRelay, type HttpRelay } from '../../helpers/http-relay';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ACCOUNT = 'TSTDRV1000001';
const FLOW = 'salesforce.account-to-customer';

/** A relay whose alerts come here, with a clock of its own. */
async function startWatched(more: Record<string, unknown>, on: string) {
  const alerts: Alert[] = [];
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      alerts.push((JSON.parse(body) as { data: Alert }).data);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  const relay = await startHttpRelay({ alerts: [{ type: 'webhook', url, on: [on], everyMinutes: 0.001 }], ...more });
  return {
    relay,
    alerts,
    /** Some looks at a moment, with the relay started anew as after a restart. */
    lookAt: async (ms: number) => {
      relay.setNow(ms);
      const looks = countLooks(relay);
      const stop = startAlerts(relay.services, 5);
      await looks;
      await stop();
    },
    close: async () => {
      await relay.close();
      http.close();
    },
  };
}

/** Resolves when the store was asked for its counts once more than the look that matters: that one is over then. */
const countLooks = (relay: HttpRelay): Promise<void> =>
  new Promise((resolve) => {
    const { stats } = relay.services.store;
    let looks = 0;
    relay.services.store.stats = () => {
      looks += 1;
      if (looks === 2) resolve();
      return stats();
    };
  });

test('a flow through which nothing comes for longer than it may is told once, and again when it falls quiet again', async () => {
  const watched = await startWatched({}, 'quiet');
  const flows = watched.relay.services.flowsOf(ACCOUNT);
  const services = watched.relay.services;
  const set = {
    ...flows,
    flows: flows.flows.map((flow) => (flow.id === FLOW ? { ...flow, quietAfterHours: 4 } : flow)),
  };
  services.flowsOf = () => set;
  const start = Date.parse('2026-03-02T08:00:00Z');
  try {
    await watched.lookAt(start);
    await watched.lookAt(start + 3 * HOUR_MS);
    expect(watched.alerts).toEqual([]);
    services.activity.saw(ACCOUNT, FLOW, start + 3 * HOUR_MS);
    await services.activity.save(watched.relay.store);
    await watched.lookAt(start + 6 * HOUR_MS);
    expect(watched.alerts).toEqual([]);
    await watched.lookAt(start + 8 * HOUR_MS);
    await watched.lookAt(start + 9 * HOUR_MS);
    expect(watched.alerts.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
      `quiet: Nothing comes through flows of NetSuite ${ACCOUNT}: ${set.flows.find(({ id }) => id === FLOW)?.title} (${FLOW}) for 5 hours`,
    ]);
    services.activity.saw(ACCOUNT, FLOW, start + 10 * HOUR_MS);
    await watched.lookAt(start + 11 * HOUR_MS);
    await watched.lookAt(start + 20 * HOUR_MS);
    expect(watched.alerts).toHaveLength(2);
    addWatchGauges(services);
    const { body } = await text(watched.relay, '/metrics');
    expect(body).toContain(`suiterelay_flow_last_operation_timestamp_seconds{account="${ACCOUNT}",flow="${FLOW}"}`);
  } finally {
    await watched.close();
  }
});

test('every accepted operation is a sign of life of its flow, and a refused request is none', async () => {
  const relay = await startHttpRelay();
  const { services } = relay;
  services.store = watchActivity(relay.store, services.activity, () => 1000);
  try {
    await relay.call('/v1/upserts', {
      json: { source: 'salesforce', object: 'Account', records: 'none' },
      headers: { 'idempotency-key': 'a' },
      key: KEYS.salesforce,
    });
    expect(services.activity.lastMs(ACCOUNT, FLOW)).toBeNull();
    const answer = await relay.call('/v1/upserts', {
      json: { source: 'salesforce', object: 'Account', records: [{ Id: '0015g00000AbCdEAAV', Name: 'Acme' }] },
      headers: { 'idempotency-key': 'b' },
      key: KEYS.salesforce,
    });
    expect(answer.status).toBe(202);
    expect(services.activity.lastMs(ACCOUNT, FLOW)).toBe(1000);
  } finally {
    await relay.close();
  }
});

describe('the age of keys and certificates', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'srl-credentials-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const made = Date.parse('2026-01-01T00:00:00Z');
  const pair = (name: string, days: number) => {
    const { privateKeyPem, certificatePem } = makeKeyAndCertificate({
      kind: 'ec-p256',
      commonName: name,
      days,
      now: new Date(made),
    });
    const privateKeyFile = path.join(folder, `${name}-key.pem`);
    const certificateFile = path.join(folder, `${name}.pem`);
    writeFileSync(privateKeyFile, privateKeyPem);
    writeFileSync(certificateFile, certificatePem);
    return { privateKeyFile, certificateFile };
  };
  const own = pair('own', 365);
  const other = pair('other', 365);
  const oauth2 = { type: 'oauth2', clientId: 'c', certificateId: 'k', alg: 'ES256' };
  const account = (auth: object) => [{ account: ACCOUNT, baseUrl: 'http://127.0.0.1:1', auth: { ...oauth2, ...auth } }];
  const rules = { warnDays: 30, maxAgeDays: 300 };

  test('is told by an alert before their end, once a day, and stands in the metrics', async () => {
    const watched = await startWatched({ netsuite: account(own) }, 'expiry');
    try {
      await watched.lookAt(made + 330 * DAY_MS);
      expect(watched.alerts).toEqual([]);
      await watched.lookAt(made + 340 * DAY_MS);
      await watched.lookAt(made + 340 * DAY_MS + HOUR_MS);
      expect(watched.alerts.map(({ title }) => title)).toEqual([
        `NetSuite ${ACCOUNT}: certificate ends on 2027-01-01, in 25 days`,
      ]);
      await watched.lookAt(made + 341 * DAY_MS);
      expect(watched.alerts).toHaveLength(2);
      addWatchGauges(watched.relay.services);
      const { body } = await text(watched.relay, '/metrics');
      expect(body).toMatch(
        /suiterelay_credential_timestamp_seconds\{credential="NetSuite \w+: certificate",kind="expires"\} 1798761600/,
      );
    } finally {
      await watched.close();
    }
  });

  test('is judged for certificates, tokens and keys: ended, ending, too old, or of another key', async () => {
    const judge = async (netsuite: object[], days: number, more: object = {}) => {
      const relay = await startHttpRelay({ netsuite, ...more });
      try {
        const { config } = relay.services.settings();
        return judgeCredentials(listCredentials(config), rules, made + days * DAY_MS).map(
          ({ state, name }) => `${state} ${name}`,
        );
      } finally {
        await relay.close();
      }
    };
    const certificate = `NetSuite ${ACCOUNT}: certificate`;
    expect(await judge(account(own), 100)).toEqual([]);
    expect(await judge(account(own), 310)).toEqual([`old ${certificate}`]);
    expect(await judge(account(own), 366)).toEqual([`ended ${certificate}`]);
    expect(await judge(account({ ...own, certificateFile: other.certificateFile }), 1)).toEqual([
      `faulty ${certificate}`,
    ]);
    expect(await judge(account({ ...own, certificateFile: '/nowhere.pem' }), 1)).toEqual([`faulty ${certificate}`]);
    const tba = {
      type: 'tba',
      consumerKey: 'a',
      consumerSecret: 'b',
      tokenId: 'c',
      tokenSecret: 'd',
      issued: '2026-01-01',
    };
    expect(await judge([{ account: ACCOUNT, baseUrl: 'http://127.0.0.1:1', auth: tba }], 301)).toEqual([
      `old NetSuite ${ACCOUNT}: token`,
    ]);
    const sources = [
      { name: 'a', kind: 'salesforce', keys: [{ id: 'k', sha256: 'ab'.repeat(32), issued: '2026-01-01' }] },
    ];
    expect(await judge(account(own), 301, { sources })).toContain('old source a: key k');
  });
});

test('a failure has who looks after it and its age, and one that is open for too long is told once a day by name', async () => {
  const watched = await startWatched({ failures: { responsible: 'ops@example.com', overdueHours: 8 } }, 'overdue');
  const { relay, alerts } = watched;
  const start = Date.parse('2026-03-02T08:00:00Z');
  const set = relay.services.flowsOf(ACCOUNT);
  const flows = set.flows.map((flow) => (flow.id === FLOW ? { ...flow, responsible: 'Sales desk' } : flow));
  relay.services.flowsOf = () => ({ ...set, flows });
  try {
    relay.setNow(start);
    for (const [id, source, object, record] of [
      ['a', 'salesforce', 'Account', { Id: '0015g00000AbCdEAAV', Name: '' }],
      ['b', 'hubspot', 'companies', { id: '77', properties: {} }],
    ] as const)
      await relay.call('/v1/upserts', {
        json: { source, object, records: [record] },
        headers: { 'idempotency-key': id },
        key: KEYS[source],
      });
    await watched.lookAt(start + 7 * HOUR_MS);
    expect(alerts).toEqual([]);
    await watched.lookAt(start + 9 * HOUR_MS);
    await watched.lookAt(start + 10 * HOUR_MS);
    expect(alerts.map(({ title }) => title)).toEqual([
      '2 failures wait for a decision for too long. Sales desk: 1, the oldest for 9 hours; ops@example.com: 1, the oldest for 9 hours',
    ]);
    await watched.lookAt(start + DAY_MS + HOUR_MS);
    expect(alerts).toHaveLength(2);
    const answer = await relay.call('/v1/failures', { key: KEYS.admin });
    const { failures } = (await answer.json()) as { failures: { responsible: string; hoursOpen: number }[] };
    expect(failures.map(({ responsible, hoursOpen }) => [responsible, hoursOpen]).sort()).toEqual([
      ['Sales desk', 25],
      ['ops@example.com', 25],
    ]);
  } finally {
    await watched.close();
  }
});

test('an operation names the version of the flows it went by, which changes with them and only with them', async () => {
  const relay = await startHttpRelay();
  const { services } = relay;
  const start = Date.parse('2026-03-02T08:00:00Z');
  const before = services.flowsOf(ACCOUNT);
  const after = { ...before, context: { ...before.context, settings: { subsidiary: 'Other Inc' } } };
  const sendAt = async (ms: number, id: string): Promise<unknown> => {
    relay.setNow(ms);
    const answer = await relay.call('/v1/upserts', {
      json: { source: 'salesforce', object: 'Account', records: [{ Id: id, Name: 'Acme' }] },
      headers: { 'idempotency-key': id },
      key: KEYS.salesforce,
    });
    const { operations } = (await answer.json()) as { operations: { operationId: string }[] };
    return operations[0]?.operationId;
  };
  const rulesOf = async (id: unknown): Promise<unknown> => {
    const answer = await relay.call(`/v1/operations/${String(id)}`, { key: KEYS.salesforce });
    return ((await answer.json()) as { rules?: unknown }).rules;
  };
  try {
    const early = await sendAt(start - HOUR_MS, '0015g00000AbCdEAAV');
    relay.setNow(start);
    await noteRules(services);
    const first = await sendAt(start + 1000, '0015g00000AbCdFAAV');
    relay.setNow(start + HOUR_MS);
    await noteRules(services);
    services.flowsOf = () => after;
    relay.setNow(start + 2 * HOUR_MS);
    await noteRules(services);
    const second = await sendAt(start + 3 * HOUR_MS, '0015g00000AbCdGAAV');
    expect(rulesDigest(after)).not.toBe(rulesDigest(before));
    expect(await rulesOf(early)).toBeUndefined();
    expect(await rulesOf(first)).toEqual({ digest: rulesDigest(before), since: '2026-03-02T08:00:00.000Z' });
    expect(await rulesOf(second)).toEqual({ digest: rulesDigest(after), since: '2026-03-02T10:00:00.000Z' });
  } finally {
    await relay.close();
  }
});

test('a change of the NetSuite release is told, the first one seen is not', async () => {
  const watched = await startWatched({}, 'release');
  const now = Date.parse('2026-03-02T08:00:00Z');
  try {
    await watched.relay.store.setCursor(`release:${ACCOUNT}`, '2026.1');
    await watched.lookAt(now);
    await watched.relay.store.setCursor(`release:${ACCOUNT}`, '2026.2');
    await watched.lookAt(now + DAY_MS);
    await watched.lookAt(now + 2 * DAY_MS);
    expect(watched.alerts.map(({ title }) => title)).toEqual([
      `NetSuite ${ACCOUNT} runs release 2026.2 now; it was 2026.1`,
    ]);
    addWatchGauges(watched.relay.services);
    const { body } = await text(watched.relay, '/metrics');
    expect(body).toContain(`suiterelay_netsuite_release_info{account="${ACCOUNT}",release="2026.2"} 1`);
  } finally {
    await watched.close();
  }
});

async function text(relay: HttpRelay, at: string): Promise<{ body: string }> {
  const answer = await relay.call(at);
  return { body: await answer.text() };
}
