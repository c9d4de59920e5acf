import { readFileSync } from 'node:fs';
import http from 'node:http';
import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(() => box.close());

const post = async (path: string, body: unknown): Promise<{ status: number; message: string }> => {
  const answer = await fetch(`${box.url}/_emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const { error } = (await answer.json()) as { error?: { message: string } };
  return { status: answer.status, message: error?.message ?? '' };
};
const alive = async (): Promise<number> => (await box.restlet('customscript_absent', 'POST', {})).status;

const script = (more: object): object => ({ scriptId: 'customscript_a', type: 'restlet', ...more });

describe('a control call with wrong input', () => {
  it.each([
    ['clock', { advanceMs: 1e18 }, 'advanceMs must lead to'],
    ['clock', { set: 1e19 }, 'set must lead to'],
    ['settings', { integrations: null }, 'integrations must be an array, not null'],
    ['settings', { integrations: [{ name: 5 }] }, 'integrations[0].name must be text, not 5'],
    ['settings', { integrations: [{ name: 'a', concurrencyLimit: 'x' }] }, 'integrations[0].concurrencyLimit must be'],
    ['settings', { employees: 5 }, 'employees must be an array'],
    ['settings', { employees: [{ name: 'A', email: 'a@b.c', role: 'none' }] }, 'employee A: there is no role none'],
    ['settings', { accountId: null }, 'accountId must be text'],
    ['settings', { timeZone: 'Mars/One' }, 'timeZone must be the id of a time zone, not "Mars/One"'],
    ['settings', { apiMs: { '*': 'abc' } }, 'apiMs.* must be a number from 0'],
    ['settings', { settings: { softOvershoot: 'x' } }, 'softOvershoot must be'],
    ['settings', { accountid: 'A', dateFormat: 'D/M/YYYY' }, 'accountid is no setting: did you mean accountId?'],
    ['settings', { settings: { tier: 'premium' } }, 'settings.tier is no setting: it belongs at the top level.'],
    ['settings', { records: { allowOverage: true } }, 'records is no setting: it belongs under settings.'],
    [
      'settings',
      { settings: { records: { allowOverages: true } } },
      'settings.records.allowOverages is no setting: known',
    ],
    ['settings', { constructor: 5 }, 'constructor is no setting: known are accountId, apiMs,'],
    ['faults', { kind: 'latency', match: null }, 'fault.match must be an object, not null'],
    ['faults', [{ kind: 'latency', match: { scriptId: 5 } }], 'faults[0].match.scriptId must be text, not 5'],
    ['faults', { kind: 'latency', ms: 'abc' }, 'fault.ms must be a number from 0'],
    ['faults', { kind: 'status', code: 42 }, 'fault.code must be an HTTP status'],
    ['faults', { kind: 'foreignLoad', slots: 'x' }, 'fault.slots must be a whole number'],
    ['records', [{ type: 'customer', id: 'x', fields: {} }], 'records[0].id must be an internal id, not "x"'],
    ['records', [{ type: 'customer', fields: 5 }], 'records[0].fields must be an object'],
    [
      'records',
      [{ type: 'customer', sublists: { addressbook: 5 } }],
      'records[0].sublists.addressbook must be an array',
    ],
    ['ui/save', { type: 'customer', fields: 5 }, 'the body.fields must be an object'],
    ['ui/save', { type: 'customer', as: 5 }, 'the body.as must be an object'],
    ['token', { integration: 5 }, 'the body.integration must be text'],
    ['objects', [{}], 'objects[0].xml must be text, not nothing'],
    ['scripts', [null], 'scripts[0] must be an object, not null'],
    ['scripts', [script({ source: 5 })], 'scripts[0].source must be text, not 5'],
    [
      'scripts',
      [script({ deployments: [{ deploymentId: 'customdeploy_a', status: 5 }] })],
      'scripts[0].deployments[0].status',
    ],
  ])('%s %j is refused with the place, and nothing changes', async (path, body, message) => {
    const { status, message: given } = await post(path, body);
    expect(given).toContain(message);
    expect(status).toBe(400);
    expect(await alive()).toBe(404);
  });

  it('takes every setting that the documentation names, and those in force as GET answers them', async () => {
    const page = readFileSync('docs/emulator.md', 'utf8').split('## What no source confirms')[1] ?? '';
    const cells = [...page.matchAll(/^\| (`.*?`)(?: \(top level\))? \|/gm)].map(([, cell = '']) => cell);
    const documented = cells.flatMap((cell) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name));
    const known = async (settings: object): Promise<string[]> =>
      (await post('settings', settings)).message.replace(/.*known are |\.$/g, '').split(', ');
    const options = await known({ settings: { records: { none: 1 } } });
    const names = [...(await known({ none: 1 })), ...options.map((name) => `records.${name}`)];
    expect(documented.length).toBeGreaterThan(30);
    expect(names).toEqual(expect.arrayContaining(documented));
    const inForce: unknown = await box.control('GET', 'settings');
    expect(await box.control('POST', 'settings', inForce)).toEqual(inForce);
  });

  it.each([
    'records/customer?limit=abc',
    'records/customer?limit=1.5',
    'records/customer?after=x',
    'records/%E0%A4%A/1',
  ])('GET %s is refused', async (path) => {
    expect((await fetch(`${box.url}/_emulator/${path}`)).status).toBe(400);
  });

  it('leaves no trace of rows that were taken back with a wrong one', async () => {
    const rows = [
      { type: 'customer', fields: { companyname: 'Gone' } },
      { type: 'nosuch', fields: {} },
    ];
    expect((await post('records', rows)).status).toBe(400);
    expect(await box.control('GET', 'ledger/records')).toEqual([]);
  });

  it('takes null for what a row leaves open', async () => {
    const row = { type: 'customer', id: null, externalId: null, sublists: null, fields: { companyname: 'Open' } };
    expect((await post('records', [row])).status).toBe(200);
  });
});

/** A request as it stands, where fetch would tidy it up. */
const rawStatus = (path: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(box.url);
    const request = http.get({ port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
  });

describe('a request that is none', () => {
  it.each([
    ['/_emulator/health', 'a b:c', 400],
    ['/_emulator/health', 'localhost:99999', 400],
    ['//', 'localhost', 404],
    ['//localhost/_emulator/health', 'localhost', 404],
  ])("%s at host %s is the caller's mistake", async (path, host, status) => {
    expect(await rawStatus(path, host)).toBe(status);
  });
});
