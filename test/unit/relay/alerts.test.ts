import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { judgeState, updateFullSince } from '../../../relay/alerts/judge-state';
import { startAlerts } from '../../../relay/alerts/start-alerts';
import { AlertThrottle } from '../../../relay/alerts/throttle-alerts';
import type { PoolStatus, StoreStats } from '../../../relay/store/types';
import { releaseCursor } from '../../../relay/runtime/watch-names';
import { openAlertInbox } from '../../helpers/alert-inbox';
import { KEYS, startHttpRelay, type HttpRelay } from '../../helpers/http-relay';
import { takeInput } from '../../helpers/stores';

const pool = (more: Partial<PoolStatus> = {}): PoolStatus => ({
  pool: 'A',
  slots: 5,
  usable: 5,
  inUse: 0,
  lent: 0,
  lentUntil: null,
  coolingUntil: null,
  breaker: { state: 'closed', until: null, reason: null },
  lanes: [],
  calls: 0,
  units: 0,
  jobs: [],
  holders: [],
  ...more,
});
const stats = (oldestQueuedAt: number | null): StoreStats => ({
  accepted: 0,
  purged: 0,
  byState: {} as never,
  byPoolAndLane: [{ pool: 'A', lane: 'bulk', state: 'queued', count: 7 }],
  oldestQueuedAt,
});

describe('conditions', () => {
  const judge = (pools: PoolStatus[], oldest: number | null, fullSince = new Map<string, number>()) =>
    judgeState({ stats: stats(oldest), pools, nowMs: 1_000_000, fullSince, staleMs: 60_000, saturatedMs: 60_000 });

  test('a quiet relay raises none', () => expect(judge([pool()], 999_000)).toEqual([]));
  test('an open breaker, an old wait and a full pool are told with a remedy', () => {
    const found = judge(
      [pool({ breaker: { state: 'open', until: null, reason: 'INVALID_LOGIN_ATTEMPT' }, inUse: 5 })],
      900_000,
      new Map([['A', 900_000]]),
    );
    expect(found.map(({ kind }) => kind)).toEqual(['breaker', 'stale', 'saturated']);
    expect(found[2]?.title).toContain('7 operations wait');
    for (const { remedy } of found) expect(remedy).not.toBe('');
  });
  test('fullness is counted from its beginning and forgotten at its end', () => {
    const first = updateFullSince(new Map(), [pool({ inUse: 5 })], 10);
    expect(updateFullSince(first, [pool({ inUse: 5 })], 20).get('A')).toBe(10);
    expect(updateFullSince(first, [pool({ inUse: 4 })], 20).size).toBe(0);
  });
  test('one alert of a kind in a while', () => {
    const throttle = new AlertThrottle(1000);
    expect([
      throttle.mayGo('dead', 0),
      throttle.mayGo('dead', 999),
      throttle.mayGo('review', 999),
      throttle.mayGo('dead', 1000),
    ]).toEqual([true, false, true, true]);
  });
});

test('a failure reaches chat, webhook and mailbox with its operation, reason and a link, and none of its values', async () => {
  const posted: { text?: string; data?: { operations: unknown[] } }[] = [];
  const http = createHttp((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posted.push(JSON.parse(body) as (typeof posted)[number]);
      response.end('ok');
    });
  });
  const mails: string[] = [];
  const smtp = mailbox(mails);
  const [httpPort, smtpPort] = [await listen(http), await listen(smtp)];
  const url = `http://127.0.0.1:${httpPort}/`;
  const relay = await startHttpRelay({
    alerts: [
      { type: 'slack', url },
      { type: 'webhook', url },
      {
        type: 'email',
        smtp: { host: '127.0.0.1', port: smtpPort },
        from: 'relay@example.com',
        to: ['ops@example.com'],
      },
    ],
  });
  const stop = startAlerts(relay.services, 10);
  try {
    await relay.call('/v1/upserts', {
      json: {
        source: 'direct',
        records: [
          {
            recordType: 'customer',
            action: 'upsert',
            key: { externalId: 'E1' },
            fields: { email: { value: 'secret@example.com' } },
          },
        ],
      },
      headers: { 'idempotency-key': 'a' },
      key: KEYS.direct,
    });
    await relay.store.finish({
      to: 'review',
      error: { code: 'UNKNOWN_ITEM', class: 'data', message: 'No item X.' },
    });
    while (posted.length < 2 || mails.length < 1) await new Promise((resolve) => setImmediate(resolve));
    expect(posted[0]?.text).toMatch(/op_\w+ customer E1: UNKNOWN_ITEM No item X\./);
    expect(posted[0]?.text).toContain('https://relay.example.com/console/#failures');
    expect(posted[1]?.data?.operations).toHaveLength(1);
    expect(mails[0]).toContain('Subject: [SuiteRelay] 1 operations wait for a decision');
    expect(JSON.stringify([posted, mails])).not.toContain('secret@example.com');
  } finally {
    await stop();
    await relay.close();
    http.close();
    smtp.close();
  }
});

test('an alert that no place took is told again, and none is lost', async () => {
  let refusals = 1;
  const posted: { text: string }[] = [];
  const http = createHttp((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      refusals -= 1;
      if (refusals < 0) posted.push(JSON.parse(body) as { text: string });
      else response.statusCode = 503;
      response.end();
    });
  });
  const url = `http://127.0.0.1:${await listen(http)}/`;
  const relay = await startHttpRelay({ alerts: [{ type: 'slack', url }] });
  let later = 0;
  const stop = startAlerts({ ...relay.services, now: () => Date.now() + later }, 10);
  try {
    const record = { recordType: 'customer', action: 'upsert', key: { externalId: 'E1' }, fields: {} };
    const headers = { 'idempotency-key': 'a' };
    await relay.call('/v1/upserts', { json: { source: 'direct', records: [record] }, headers, key: KEYS.direct });
    const message = 'No item <!channel> & Co.';
    await relay.store.finish({ to: 'review', error: { code: 'UNKNOWN_ITEM', class: 'data', message } });
    while (refusals > 0) await new Promise((resolve) => setImmediate(resolve));
    later = 61_000;
    while (posted.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(posted[0]!.text).toContain('customer E1: UNKNOWN_ITEM No item &lt;!channel&gt; &amp; Co.');
  } finally {
    await stop();
    await relay.close();
    http.close();
  }
});

describe('several kinds and several places', () => {
  const direct = (externalId: string) => ({
    recordType: 'customer',
    action: 'upsert',
    key: { externalId },
    fields: {},
  });
  const failOne = async (relay: HttpRelay, externalId: string) => {
    const headers = { 'idempotency-key': externalId };
    const json = { source: 'direct', records: [direct(externalId)] };
    expect((await relay.call('/v1/upserts', { json, headers, key: KEYS.direct })).status).toBe(202);
    const { batch } = await relay.store.take(takeInput({ pool: 'TSTDRV1000001' }));
    const settlements = batch!.operations.map(({ seq }) => ({
      seq,
      to: 'dead' as const,
      error: { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'No item X.' },
    }));
    const { token, slot } = batch!;
    const call = { status: 200, units: 15, ms: 10 };
    await relay.store.settle({ pool: 'TSTDRV1000001', token, slot, settlements, call, slotUntil: null });
  };

  test('a place hears of what failed for good, however many failures of a kind that it does not want came before', async () => {
    const inbox = await openAlertInbox();
    const relay = await startHttpRelay({ alerts: [{ type: 'webhook', url: inbox.url, on: ['dead'] }] });
    const stop = startAlerts(relay.services, 10);
    try {
      const json = {
        source: 'salesforce',
        object: 'Account',
        records: Array.from({ length: 250 }, () => ({ Name: 'A' })),
      };
      await relay.call('/v1/upserts', { json, headers: { 'idempotency-key': 'reviews' } });
      expect((await relay.store.stats()).byState.review).toBe(250);
      await failOne(relay, 'E1');
      await until(() => inbox.told.length > 0);
      expect(inbox.told.map(({ data }) => data.title)).toEqual(['1 operations failed for good']);
    } finally {
      await stop();
      await relay.close();
      inbox.close();
    }
  });

  test('each place hears of every failure and of what is told once, also one that was away or had its alert a while ago', async () => {
    const first = await openAlertInbox();
    const second = await openAlertInbox();
    let later = 0;
    const relay = await startHttpRelay({
      alerts: [
        { type: 'webhook', url: first.url, everyMinutes: 1 },
        { type: 'webhook', url: second.url, everyMinutes: 60 },
      ],
    });
    const stop = startAlerts({ ...relay.services, now: () => Date.now() + later }, 10);
    const titles = ({ told }: typeof first) => told.map(({ data }) => data.title);
    const release = (version: string) => relay.store.setCursor(releaseCursor('TSTDRV1000001'), version);
    try {
      await release('2026.1');
      await until(async () => (await relay.store.getCursor('release:TSTDRV1000001:told')) === '2026.1');
      second.refuse(true);
      await failOne(relay, 'E1');
      await release('2026.2');
      await until(() => first.told.length === 2);
      second.refuse(false);
      later = 61_000;
      await until(() => second.told.length === 2);
      expect(titles(second).sort()).toEqual(titles(first).sort());
      await failOne(relay, 'E2');
      await until(() => first.told.length === 3);
      later = 60 * 60_000 + 130_000;
      await until(() => second.told.length === 3);
      expect(titles(second)[2]).toBe('1 operations failed for good');
    } finally {
      await stop();
      await relay.close();
      first.close();
      second.close();
    }
  });
});

const until = async (met: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + 10_000;
  while (!(await met())) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** As much of an SMTP server as a mail needs. */
function mailbox(mails: string[]): Server {
  return createTcp((socket) => {
    let inData = false;
    let text = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 test');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const given = chunk.toString();
      if (inData) {
        text += given;
        if (!text.endsWith('\r\n.\r\n')) return;
        mails.push(text);
        inData = false;
        say('250 taken');
      } else if (/^DATA/im.test(given)) {
        inData = true;
        say('354 go on');
      } else if (/^QUIT/im.test(given)) socket.end('221 bye\r\n');
      else say('250 ok');
    });
  });
}

function listen(server: {
  listen: (port: number, host: string, done: () => void) => unknown;
  address: () => unknown;
}): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
