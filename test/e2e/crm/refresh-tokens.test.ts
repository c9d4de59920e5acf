import { startFakeHubSpot } from '../../../demo/fake-crm/hubspot/hubspot-server';
import { startFakeSalesforce, type FakeSalesforce } from '../../../demo/fake-crm/salesforce/salesforce-server';
import { createCrmAdapter } from '../../../relay/crm/create-crm-adapter';
import { crmSchema } from '../../../relay/config/schema-crm';
import type { CrmAdapter } from '../../../relay/delivery/crm-adapter';

const DAY_MS = 86_400_000;
const app = {
  clientId: 'consumer-key',
  clientSecret: 'consumer-secret-of-the-test',
  refreshToken: 'first-refresh-token',
};
const signal = new AbortController().signal;
let org: FakeSalesforce;
let now: number;
let kept: Map<string, string>;
const store = {
  getCursor: (name: string) => Promise.resolve(kept.get(name) ?? null),
  setCursor: (name: string, value: string) => Promise.resolve(void kept.set(name, value)),
};

beforeEach(async () => {
  now = Date.parse('2026-01-01T08:00:00Z');
  kept = new Map();
  org = await startFakeSalesforce({ ...app, now: () => new Date(now).toISOString() });
  org.add('Account', { Id: '001000000000001AAA', Name: 'One' });
});
afterEach(() => org.close());

/** A relay that was started now: it knows what the store knows. */
function relay(refreshToken = app.refreshToken): CrmAdapter {
  const auth = { type: 'refreshToken', clientId: app.clientId, clientSecret: app.clientSecret, refreshToken };
  const config = crmSchema.parse({ name: 'salesforce', kind: 'salesforce', baseUrl: org.url, auth });
  return createCrmAdapter(config, { flowsFor: () => [], now: () => now, store })!;
}
const read = async (crm: CrmAdapter): Promise<number> =>
  (await crm.findRecords!('Account', 'Name', ['One'], ['Id'], signal)).size;

it('Salesforce: used once a day a refresh token outlives the 90 days it may rest', async () => {
  const crm = relay();
  expect(await read(crm)).toBe(1);
  for (let day = 0; day < 200; day += 1) {
    now += DAY_MS;
    await crm.keepAlive!(signal);
  }
  expect(await read(crm)).toBe(1);
  now += 91 * DAY_MS;
  const error: unknown = await read(crm).catch((thrown: unknown) => thrown);
  expect(crm.classifyError(error)).toMatchObject({ class: 'configuration', code: 'invalid_grant' });
  const [finding] = await crm.inspect!([], signal);
  expect(finding).toMatchObject({ level: 'bad', remedy: expect.stringContaining('new refresh token') as string });
});

it('Salesforce: a refresh token that is exchanged at each use goes on after a restart, and is no plain text in the store', async () => {
  org.signIn.rotates = true;
  expect(await read(relay())).toBe(1);
  expect(await read(relay())).toBe(1);
  expect(org.signIn.count).toBe(2);
  const [[name, value]] = [...kept] as [[string, string]];
  expect(name).toMatch(/^refresh:salesforce:/);
  expect(Buffer.from(value, 'base64').toString('latin1')).not.toContain(app.refreshToken);
  // Another token in the configuration begins anew, and the kept one is not taken for its own.
  const other = relay('another-token');
  const error: unknown = await read(other).catch((thrown: unknown) => thrown);
  expect(other.classifyError(error)).toMatchObject({ code: 'invalid_grant' });
});

it('of two relays that share a store, the one whose token the other has used up goes on with the other’s', async () => {
  org.signIn.rotates = true;
  const [one, two] = [relay(), relay()];
  await read(one);
  await read(two);
  // Both sign in anew at once: whoever comes second meets a token that was exchanged under its hands.
  org.endSessions();
  expect(await Promise.all([read(one), read(two)])).toEqual([1, 1]);
});

it('of 40 calls that wait for a token at once, one signs in, at both CRMs', async () => {
  const crm = relay();
  await Promise.all(Array.from({ length: 40 }, () => read(crm)));
  expect(org.signIn.count).toBe(1);
  const oauth = { clientId: 'client', clientSecret: 'secret-of-the-test', refreshToken: 'refresh-of-the-test' };
  const portal = await startFakeHubSpot({ token: 'pat', oauth, limits: { perTenSeconds: 1_000 } });
  try {
    const config = crmSchema.parse({ name: 'hubspot', kind: 'hubspot', baseUrl: portal.url, oauth });
    const hubspot = createCrmAdapter(config, { flowsFor: () => [], store })!;
    await Promise.all(Array.from({ length: 40 }, () => hubspot.readRecords('companies', ['1'], signal)));
    expect(portal.access.refreshes).toBe(1);
  } finally {
    await portal.close();
  }
});
