import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify, parse } from 'yaml';
import {
  startLoopbackServer,
  type Answer,
  type Call,
  type LoopbackServer,
} from '../../../demo/fake-crm/loopback-server';
import { parseConfig } from '../../../relay/config/load-config';
import { loadMapper } from '../../../relay/config/load-mapper';
import { createCrmAdapter } from '../../../relay/crm/create-crm-adapter';
import type { CrmAdapter, CrmWrite } from '../../../relay/delivery/crm-adapter';

/** Zoho CRM as its documentation says: tokens that end, lists of at most 100 records, an outcome for each. */
class FakeZoho {
  readonly records = new Map<string, Record<string, unknown>>();
  readonly calls: Call[] = [];
  token = '';
  signIns = 0;

  answer(call: Call): Answer {
    this.calls.push(call);
    if (call.path === '/oauth/v2/token') {
      const form = call.body as URLSearchParams;
      if (form.get('refresh_token') !== 'refresh') return { status: 200, body: { error: 'invalid_code' } };
      this.signIns += 1;
      this.token = `token-${this.signIns}`;
      return { status: 200, body: { access_token: this.token, expires_in: 3600, token_type: 'Bearer' } };
    }
    if (call.headers.authorization !== `Zoho-oauthtoken ${this.token}`)
      return { status: 401, body: { code: 'INVALID_TOKEN', message: 'invalid oauth token', status: 'error' } };
    if (call.method === 'GET') {
      const ids = call.query.get('ids')!.split(',');
      return { status: 200, body: { data: ids.flatMap((id) => this.records.get(id) ?? []) } };
    }
    const { data, duplicate_check_fields: check } = call.body as {
      data: Record<string, unknown>[];
      duplicate_check_fields?: string[];
    };
    if (data.length > 100) return { status: 400, body: { code: 'INVALID_DATA', status: 'error' } };
    return { status: 200, body: { data: data.map((row) => this.#write(row, check?.[0])) } };
  }

  #write(row: Record<string, unknown>, by: string | undefined): object {
    const found =
      by === undefined
        ? this.records.get(String(row['id']))
        : [...this.records.values()].find((one) => one[by] === row[by]);
    if (typeof row['Phone'] === 'number')
      return { code: 'INVALID_DATA', status: 'error', message: 'invalid data', details: { api_name: 'Phone' } };
    if (!found && by === undefined)
      return { code: 'INVALID_DATA', status: 'error', message: 'the id is invalid', details: {} };
    const id = found ? String(found['id']) : String(4_000_000 + this.records.size);
    this.records.set(id, { ...found, ...row, id });
    return {
      code: 'SUCCESS',
      status: 'success',
      action: found ? 'update' : 'insert',
      message: 'done',
      details: { id },
    };
  }
}

const signal = new AbortController().signal;
const example = /```yaml\n([\s\S]*?)```/.exec(
  readFileSync(path.resolve(__dirname, '../../../docs/connect-any-crm.md'), 'utf8'),
)![1]!;
let zoho: FakeZoho;
let server: LoopbackServer;
let adapter: CrmAdapter;
let mapper: ReturnType<typeof loadMapper>;
let now = 0;

beforeEach(async () => {
  zoho = new FakeZoho();
  server = await startLoopbackServer((call) => zoho.answer(call));
  const given = parse(example) as { crm: Record<string, unknown>[] };
  const [crm] = given.crm;
  Object.assign(crm!, { baseUrl: server.url, allowPrivateHosts: ['127.0.0.1'] });
  Object.assign(crm!['auth'] as object, { tokenUrl: `${server.url}/oauth/v2/token` });
  const auth = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' };
  const netsuite = [{ account: 'TSTDRV1000001', baseUrl: 'http://127.0.0.1:1', auth }];
  const env = { ZOHO_CLIENT_ID: 'id', ZOHO_CLIENT_SECRET: 'the secret', ZOHO_REFRESH_TOKEN: 'refresh' };
  const sources = { env: (name: string) => env[name as keyof typeof env], file: () => '', command: () => '' };
  const text = stringify({ ...given, store: { path: 'unused' }, netsuite });
  const config = parseConfig(text, 'zoho.yaml', sources, '/');
  mapper = loadMapper(config, 'zoho.yaml');
  adapter = createCrmAdapter(config.crm[0]!, {
    flowsFor: (name, object) => mapper.flowsFor({ kind: 'rest', name }, object),
    now: () => now,
  })!;
});
afterEach(() => server.close());

const write = (key: string, fields: Record<string, unknown>, more: Partial<CrmWrite> = {}): CrmWrite => ({
  operationId: `op_${key}`,
  crmId: null,
  match: { field: 'NetSuite_Internal_ID', value: key },
  create: true,
  fields,
  ...more,
});

describe('Zoho CRM, by the configuration of the guide alone', () => {
  it('maps an account of Zoho to a customer', async () => {
    zoho.records.set('77', { id: '77', Account_Name: ' Zylker  GmbH', Phone: '+49 89 1', Website: 'zylker.example' });
    const record = (await adapter.readRecords('Accounts', ['77', '78'], signal)).get('77');
    const [flow] = mapper.flowsFor({ kind: 'generic', name: 'zoho' }, 'Accounts');
    const outcome = mapper.map(flow!, record, 'TSTDRV1000001');
    if (outcome.kind !== 'operations') throw new Error(JSON.stringify(outcome));
    expect(outcome.operations[0]).toMatchObject({
      recordType: 'customer',
      key: { externalId: 'ZH_ACCT_77' },
      fields: { companyname: { value: 'Zylker GmbH' }, url: { value: 'https://zylker.example' } },
    });
    const asked = zoho.calls.at(-1)!.query;
    expect([asked.get('ids'), asked.get('fields')?.split(',').includes('Account_Name')]).toEqual(['77,78', true]);
  });

  it('P30: writes 250 records in three calls, with an outcome for each', async () => {
    const items = Array.from({ length: 250 }, (_, at) => write(String(at), { Account_Name: `A${at}` }));
    items[3] = write('3', { Account_Name: 'A3', Phone: 7 });
    const outcomes = await adapter.writeBatch({ object: 'Accounts', requestId: 'r', items }, signal);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(249);
    expect(outcomes[0]).toMatchObject({ ok: true, status: 'created' });
    expect(outcomes[3]).toMatchObject({ ok: false, fault: { class: 'data', code: 'INVALID_DATA', field: 'Phone' } });
    expect(zoho.calls.filter(({ path: where }) => where.endsWith('/upsert'))).toHaveLength(3);
    const [again] = await adapter.writeBatch({ object: 'Accounts', requestId: 'r', items: [items[0]!] }, signal);
    expect(again).toMatchObject({ ok: true, status: 'updated' });
    const [known] = await adapter.writeBatch(
      {
        object: 'Accounts',
        requestId: 'r',
        items: [write('x', { NetSuite_Balance: 1 }, { crmId: '4000000', match: null })],
      },
      signal,
    );
    expect(known).toMatchObject({ ok: true, crmId: '4000000' });
  });

  it('renews its token before it ends and once when it was ended, and creates nothing unless the flow says so', async () => {
    const one = () =>
      adapter.writeBatch({ object: 'Accounts', requestId: 'r', items: [write('1', { Account_Name: 'A' })] }, signal);
    await one();
    now += 3_000_000;
    await one();
    expect(zoho.signIns).toBe(2);
    zoho.token = 'ended';
    expect(await one()).toMatchObject([{ ok: true }]);
    expect(zoho.signIns).toBe(3);
    expect(
      await adapter.writeBatch(
        { object: 'Accounts', requestId: 'r', items: [write('9', {}, { create: false })] },
        signal,
      ),
    ).toMatchObject([{ ok: false, fault: { code: 'NO_IDENTITY' } }]);
  });
});
