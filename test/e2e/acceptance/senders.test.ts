import { createHash, createHmac } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { Acceptance, account, customerId, edited, salesforceId } from '../../helpers/acceptance';

/** The relay stands behind a proxy: senders know it by this address. */
const PUBLIC = 'https://relay.example.com';
const SECRET = 'client-secret-of-the-test';
const OLD_SECRET = 'client-secret-of-an-old-app';
const WHSEC = `whsec_${Buffer.from('a secret of at least twenty-four bytes').toString('base64')}`;
const ORGANIZATION = '00DD0000000FH8iMAG';
const PATH_SECRET = 'path-secret-of-the-test';
const PORTAL = 62515;
let world: Acceptance;
let ids = 840_000;

beforeAll(async () => {
  world = await Acceptance.start((config) => {
    const sources = config['sources'] as Record<string, unknown>[];
    const named = (name: string) => sources.find((source) => source['name'] === name)!;
    config['publicUrl'] = PUBLIC;
    named('hubspot')['hubspot'] = { clientSecrets: [SECRET], portalId: PORTAL };
    named('salesforce')['salesforce'] = { organizationIds: [ORGANIZATION], pathSecrets: [PATH_SECRET] };
    named('salesforce')['signingSecrets'] = [WHSEC];
    const [key] = named('salesforce')['keys'] as { actions: string[] }[];
    key!.actions.push('events');
    const hubspot = { clientSecrets: [OLD_SECRET], portalId: PORTAL, allowLegacySignatures: true };
    sources.push({ name: 'old-app', kind: 'hubspot', crm: 'hubspot', hubspot });
  });
});
afterAll(() => world.close());

const held = (type: string, externalId: string) => world.held(type, externalId);
const arrived = (externalId: string, wanted: Record<string, unknown>) =>
  world.until(`${externalId} in NetSuite`, async () => {
    const found = await held('customer', externalId);
    return found && Object.entries(wanted).every(([name, value]) => found.fields[name] === value) ? found : undefined;
  });

describe('A31: webhooks of HubSpot', () => {
  const path = '/v1/hooks/hubspot';
  const company = (name: string): string => {
    const id = String((ids += 1));
    world.stage.crms.hubspot.add('companies', { id, properties: { name: `${name} ${id} Ltd`, hs_object_id: id } });
    return id;
  };
  const bodyOf = (id: string): string =>
    JSON.stringify([
      {
        ...{ eventId: 1, subscriptionId: 5, portalId: PORTAL, appId: 54321, attemptNumber: 0, changeSource: 'CRM_UI' },
        ...{ occurredAt: Date.now(), subscriptionType: 'company.propertyChange', objectId: Number(id) },
        ...{ propertyName: 'name', propertyValue: 'x' },
      },
    ]);
  const v3 = (body: string, { at = Date.now(), url = PUBLIC + path, secret = SECRET } = {}) => ({
    'x-hubspot-request-timestamp': String(at),
    'x-hubspot-signature-v3': createHmac('sha256', secret).update(`POST${url}${body}${at}`).digest('base64'),
  });
  const v1 = (body: string, secret: string) => ({
    'x-hubspot-signature': createHash('sha256')
      .update(secret + body)
      .digest('hex'),
    'x-hubspot-signature-version': 'v1',
  });
  const send = async (text: string, headers: Record<string, string>) =>
    (await world.call('POST', path, { text, headers: { 'content-type': 'application/json', ...headers } })).status;

  it('signed for the address that HubSpot knows, behind a proxy, bring the company to NetSuite', async () => {
    const id = company('Signed');
    const body = bodyOf(id);
    expect(await send(body, v3(body))).toBe(204);
    await arrived(`HS_COMP_${id}`, { companyname: `Signed ${id} Ltd` });
  });

  it('that are old, of the future, tampered with, signed for the inner address or by another secret are 401 and leave no trace', async () => {
    const id = company('Forged');
    const body = bodyOf(id);
    const statuses = [
      await send(body, v3(body, { at: Date.now() - 301_000 })),
      await send(body, v3(body, { at: Date.now() + 400_000 })),
      await send(body.replace('"x"', '"y"'), v3(body)),
      await send(body, v3(body, { url: world.relayUrl + path })),
      await send(body, v3(body, { secret: 'another' })),
      await send(body, {}),
    ];
    expect(statuses).toEqual(statuses.map(() => 401));
    const proof = company('Behind');
    const last = bodyOf(proof);
    expect(await send(last, v3(last))).toBe(204);
    await arrived(`HS_COMP_${proof}`, {});
    expect(await held('customer', `HS_COMP_${id}`)).toBeNull();
  });

  it('of version 1 are taken for an app that can’t do better, and for no other', async () => {
    const id = company('Legacy');
    const body = bodyOf(id);
    expect(await send(body, v1(body, SECRET))).toBe(401);
    expect(await send(body, v1(body, OLD_SECRET))).toBe(204);
    await arrived(`HS_COMP_${id}`, { companyname: `Legacy ${id} Ltd` });
  });
});

describe('A32: outbound messages of Salesforce', () => {
  const message = (notification: string, record: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${ORGANIZATION}</OrganizationId><ActionId>04k</ActionId><SessionId xsi:nil="true"/><EnterpriseUrl>https://x</EnterpriseUrl><PartnerUrl>https://x</PartnerUrl><Notification><Id>${notification}</Id><sObject xsi:type="sf:Account" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>${record}</sf:Id></sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>`;
  const send = (text: string) =>
    world.call('POST', `/v1/hooks/salesforce/outbound-message/${PATH_SECRET}`, {
      text,
      headers: { 'content-type': 'text/xml' },
    });

  it('are acknowledged however often they come, and the account is read from the org and saved once', async () => {
    const one = account();
    world.stage.crms.salesforce.add('Account', one);
    const notification = salesforceId('0QL');
    for (let time = 0; time < 3; time += 1) {
      const answer = await send(message(notification, one.Id));
      expect([answer.status, answer.text.includes('<Ack>true</Ack>')]).toEqual([200, true]);
    }
    const customer = await arrived(customerId(one.Id), { companyname: one['Name'] });
    expect((await send(message(notification, one.Id))).text).toContain('<Ack>true</Ack>');
    const saves = (await world.stage.control.writes()).filter(
      ({ type, id }) => type === 'customer' && id === customer.id,
    );
    expect(saves).toHaveLength(1);
  });
});

describe('A46: senders of any kind', () => {
  it('a webhook signed by the Standard Webhooks library becomes a customer, once', async () => {
    const one = account();
    const text = JSON.stringify({ type: 'Account.updated', timestamp: new Date().toISOString(), data: one });
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(WHSEC).sign('msg_1', at, text),
    };
    const send = async (body: string) =>
      (await world.call('POST', '/v1/hooks/standard/salesforce', { text: body, headers })).status;
    expect([await send(text), await send(text), await send(text.replace('Acceptance', 'Forged'))]).toEqual([
      204, 204, 401,
    ]);
    await arrived(customerId(one.Id), { companyname: one['Name'] });
  });

  it('a CloudEvent, binary or structured, becomes a customer, and a newer one changes it', async () => {
    const one = account();
    const event = (id: string, data: object) =>
      new CloudEvent({ id, source: '/crm', type: 'com.acme.crm.Account.updated.v1', data });
    const send = async ({ headers, body }: { headers: Record<string, unknown>; body: unknown }) => {
      const key = world.stage.keys.salesforce;
      return (
        await world.call('POST', '/v1/events', { key, text: String(body), headers: headers as Record<string, string> })
      ).status;
    };
    expect(await send(HTTP.binary(event('e1', one)))).toBe(202);
    await arrived(customerId(one.Id), { companyname: one['Name'] });
    expect(await send(HTTP.structured(event('e2', edited(one, { Phone: '+1 555 0177' }))))).toBe(202);
    await arrived(customerId(one.Id), { phone: '+1 555 0177' });
  });
});

it('A45: a field that two systems keep, each putting its own value back, ends before a person instead of swinging for ever', async () => {
  const one = account();
  expect(await world.send('salesforce', 'Account', one)).toMatchObject({ state: 'done' });
  let last: { state: string; error?: { code: string } } = { state: '' };
  let rounds = 0;
  for (let now = one; last.state !== 'review' && rounds < 12; rounds += 1) {
    now = edited(now, { Phone: rounds % 2 ? '+1 555 0111' : '+1 555 0222' });
    last = await world.send('salesforce', 'Account', now);
  }
  expect(last).toMatchObject({ state: 'review', error: { code: 'FIELD_OSCILLATES' } });
  expect(rounds).toBeLessThanOrEqual(6);
  const customer = await held('customer', customerId(one.Id));
  const saves = (await world.stage.control.writes()).filter(
    ({ type, id }) => type === 'customer' && id === customer?.id,
  );
  expect(saves.length).toBe(rounds);
});
