import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount, type StoredRecord } from '../../helpers/netsuite/account-process';

const DAY_MS = 86_400_000;

describe('many changes on their way out', () => {
  const secret = randomBytes(32).toString('base64');
  let account: NetSuiteAccount;
  let receiver: Server;
  let accepted: ChangeEvent[] = [];
  let sizes: number[] = [];
  let answer: (batch: ChangeEvent[], call: number) => number = () => 202;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const batch = new Webhook(secret).verify(body, request.headers as Record<string, string>) as ChangeEvent[];
        sizes.push(batch.length);
        const status = answer(batch, sizes.length);
        if (status === 202) accepted.push(...batch);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    account = await startAccount();
  });
  afterAll(async () => {
    await account.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });
  beforeEach(async () => {
    await account.control('POST', 'reset');
    const { port } = receiver.address() as AddressInfo;
    const hosts = { 'relay.example.com': `http://127.0.0.1:${port}` };
    await account.control('POST', 'settings', { hosts, secrets: { custsecret_srl_events: secret } });
    accepted = [];
    sizes = [];
    answer = () => 202;
  });

  const TYPES = ['customer', 'salesorder', 'contact', 'inventoryitem', 'invoice'];
  const row = (record: number, kind = 'updated', more: object = {}): object => ({
    type: 'customrecord_srl_outbox',
    fields: {
      custrecord_srl_ob_type: TYPES[record % TYPES.length],
      custrecord_srl_ob_record: String(record),
      custrecord_srl_ob_kind: kind,
      custrecord_srl_ob_state: 'pending',
      custrecord_srl_ob_at: '2026-11-21T10:00:00.000Z',
      custrecord_srl_ob_body: JSON.stringify({
        recordType: TYPES[record % TYPES.length],
        internalId: String(record),
        externalId: null,
        lastModified: null,
        changes: [],
        origin: { opId: null, version: null, hop: 0, ownSave: false, context: 'USERINTERFACE', user: null },
        foundBy: 'capture',
        ...more,
      }),
    },
  });
  const rows = (count: number, records: number): object[] =>
    Array.from({ length: count }, (_, at) => row(at % records));
  const publish = async (more: object = {}): Promise<{ units: number; reduce: number }> => {
    const run = await account.control<{
      state: string;
      units: number;
      stages: { stage: string; units: number; errors: unknown[] }[];
    }>('POST', 'scripts/customscript_srl_publish_changes/customdeploy_srl_publish_changes_2/run', {
      wait: true,
      params: { custscript_srl_relay_url: 'https://relay.example.com/v1/netsuite/events', ...more },
    });
    expect(run.state).toBe('COMPLETE');
    expect(run.stages.flatMap(({ errors }) => errors)).toEqual([]);
    return { units: run.units, reduce: run.stages.find(({ stage }) => stage === 'reduce')?.units ?? 0 };
  };
  const left = (): Promise<StoredRecord[]> => account.control('GET', 'records/customrecord_srl_outbox?limit=5000');

  test('600 events of all kinds of records go in calls of at most 500, for at most 4.5 units each from row to acceptance', async () => {
    await account.seed(rows(600, 400));
    const { units } = await publish({ custscript_srl_buckets: 1 });
    expect(accepted).toHaveLength(600);
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(600);
    expect(sizes).toEqual([500, 100]);
    expect(units / 600).toBeLessThanOrEqual(4.5);
    expect(await left()).toEqual([]);
  });

  test('rows stay in order per record, also when a batch in the middle is refused', async () => {
    await account.seed(rows(250, 5));
    answer = (_batch, call) => (call === 2 ? 503 : 202);
    await publish({ custscript_srl_batch: 100, custscript_srl_buckets: 1 });
    expect(accepted).toHaveLength(100);
    await account.seed(rows(20, 5));
    await publish({ custscript_srl_batch: 100, custscript_srl_buckets: 1 });
    expect(accepted).toHaveLength(270);
    for (const subject of new Set(accepted.map((event) => event.subject))) {
      const sequence = accepted.filter((event) => event.subject === subject).map((event) => Number(event.sequence));
      expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    }
  });

  test('one event that the relay can’t take is set aside and told; no other waits behind it', async () => {
    const ids = await account.seed(rows(60, 10));
    const bad = ids[33] ?? '';
    answer = (batch) => (batch.some(({ sequence }) => sequence === bad) ? 422 : 202);
    await publish();
    expect(accepted).toHaveLength(59);
    expect((await left()).map(({ id, fields }) => [id, fields['custrecord_srl_ob_state']])).toEqual([
      [bad, 'set aside'],
    ]);
    const log = await account.control<{ title: string }[]>('GET', 'ledger/log');
    expect(log.map(({ title }) => title)).toContainEqual(expect.stringContaining(`${bad} was set aside`));
    await publish();
    expect(accepted).toHaveLength(59);
  });

  test('with the audit parameter accepted rows are marked, for less, and housekeeping deletes them after their time', async () => {
    await account.seed(rows(100, 100));
    const { reduce } = await publish({ custscript_srl_keep_published: true });
    expect(reduce / 100).toBeLessThanOrEqual(2.5);
    const states = async (): Promise<unknown[]> =>
      (await left()).map(({ fields }) => fields['custrecord_srl_ob_state']);
    expect(await states()).toEqual(Array.from({ length: 100 }, () => 'sent'));
    await publish();
    expect(accepted).toHaveLength(100);
    const clean = (): Promise<unknown> =>
      account.control('POST', 'scripts/customscript_srl_housekeeping/customdeploy_srl_housekeeping_2/run', {
        wait: true,
      });
    await account.control('POST', 'clock', { advanceMs: 10 * DAY_MS });
    await account.seed([row(7)]);
    await clean();
    expect(await states()).toHaveLength(101);
    await account.control('POST', 'clock', { advanceMs: 25 * DAY_MS });
    await clean();
    // What still waits is never deleted.
    expect(await states()).toEqual(['pending']);
  });

  test('pages go on behind their cursor, hold no more than an answer can carry, and tell what became visible behind it', async () => {
    const pageAfter = async (after: string, limit = 500) =>
      (await account.restlet('changes', undefined, { query: `&after=${after}&limit=${limit}` })).body as unknown as {
        events: ChangeEvent[];
        cursor: string;
        more: boolean;
      };
    await account.seed(rows(30, 30));
    const first = await pageAfter('0', 20);
    expect([first.events.length, first.more]).toEqual([20, true]);
    const second = await pageAfter(first.cursor, 20);
    // Nothing was acknowledged: the first page's rows come again with the last one, and may be known by their ids.
    expect(second.more).toBe(false);
    expect(new Set([...first.events, ...second.events].map(({ id }) => id)).size).toBe(30);
    const acknowledged = await account.restlet('changes', { acknowledge: first.events.map(({ id }) => id) });
    expect(acknowledged.body).toEqual({ acknowledged: 20 });
    await account.control('POST', 'reset');
    const long = { changes: [{ field: 'comments', old: null, new: 'x'.repeat(600_000) }] };
    await account.seed(Array.from({ length: 5 }, (_, at) => row(at, 'updated', long)));
    const seen: string[] = [];
    for (let after = '0'; ;) {
      const page = await pageAfter(after);
      expect(JSON.stringify(page).length).toBeLessThan(5_000_000);
      seen.push(...page.events.map(({ id }) => id));
      await account.restlet('changes', { acknowledge: page.events.map(({ id }) => id) });
      after = page.cursor;
      if (!page.more) break;
    }
    expect(new Set(seen).size).toBe(5);
  });

  test('publishing is started on demand, by whoever may start scripts', async () => {
    const kick = async (as: object): Promise<unknown> =>
      (await account.restlet('changes', { acknowledge: [], publish: true }, as)).body;
    expect(await kick({ as: { entity: 4, role: 'customrole_srl_basic' } })).toEqual({
      acknowledged: 0,
      publishing: false,
    });
    expect(await kick({})).toEqual({ acknowledged: 0, publishing: true });
    const tasks = await account.control<{ deploymentId: string }[]>('GET', 'ledger/tasks');
    expect(tasks.map(({ deploymentId }) => deploymentId)).toContain('customdeploy_srl_publish_changes_2');
  });
});
