import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { problemSchema } from '../../../../relay/http/openapi/answer-schemas';
import { parseOutboundMessage } from '../../../../relay/http/hooks/salesforce-soap';
import { KEYS, PATH_SECRET, startHttpRelay, WHSEC } from '../../../helpers/http-relay';
import type { HttpRelay } from '../../../helpers/http-relay';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay();
});
afterEach(() => relay.close());

const operations = () => relay.store.operations();

describe('POST /v1/hooks/salesforce/outbound-message', () => {
  const notification = (id: string, record: string) =>
    `<Notification><Id>${id}</Id><sObject xsi:type="sf:Account" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>${record}</sf:Id><sf:Name>A &amp; B</sf:Name></sObject></Notification>`;
  const message = (notifications: string, organization = '00DD0000000FH8iMAG', head = '') =>
    `<?xml version="1.0" encoding="UTF-8"?>${head}<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${organization}</OrganizationId><ActionId>04k</ActionId><SessionId xsi:nil="true"/><EnterpriseUrl>https://x</EnterpriseUrl><PartnerUrl>https://x</PartnerUrl>${notifications}</notifications></soapenv:Body></soapenv:Envelope>`;
  const send = (body: string, secret = PATH_SECRET) =>
    relay.call(`/v1/hooks/salesforce/outbound-message/${secret}`, {
      method: 'POST',
      key: null,
      body,
      headers: { 'content-type': 'text/xml' },
    });

  test('A32 records are noted to be read, and the message is acknowledged in SOAP', async () => {
    const response = await send(
      message(notification('04l1', '001D000000IRFmaIAH') + notification('04l2', '001D000000IRFmbIAH')),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/xml');
    expect(await response.text()).toContain('<Ack>true</Ack>');
    expect((await operations()).map(({ crmId, pool }) => [pool, crmId])).toEqual([
      ['in:salesforce', '001D000000IRFmaIAH'],
      ['in:salesforce', '001D000000IRFmbIAH'],
    ]);
  });

  test('A32 P27 a repeated message is acknowledged again and adds nothing', async () => {
    await send(message(notification('04l1', '001D000000IRFmaIAH')));
    expect((await send(message(notification('04l1', '001D000000IRFmaIAH')))).status).toBe(200);
    expect(await operations()).toHaveLength(1);
  });

  test('a wrong secret is 401, another organisation 403', async () => {
    expect((await send(message(notification('1', '001D000000IRFmaIAH')), 'wrong')).status).toBe(401);
    expect((await send(message(notification('1', '001D000000IRFmaIAH'), '00DD0000000FH8jMAG'))).status).toBe(403);
  });

  test('entities are never expanded: a document with a DTD is refused', async () => {
    const evil = message(notification('1', '&x;'), undefined, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
    expect((await send(evil)).status).toBe(422);
    expect(() => parseOutboundMessage('<a><b></a>')).toThrow();
    expect(() => parseOutboundMessage('not xml')).toThrow();
    expect(await operations()).toHaveLength(0);
  });
});

describe('POST /v1/hooks/standard/{source}', () => {
  const send = (payload: object, { source = 'hubspot', id = 'msg_1', at = new Date(), secret = WHSEC } = {}) => {
    const body = JSON.stringify(payload);
    return relay.call(`/v1/hooks/standard/${source}`, {
      method: 'POST',
      key: null,
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
    });
  };
  const payload = {
    type: 'companies.updated',
    timestamp: '2026-11-21T00:00:00Z',
    data: { id: '33', properties: { name: 'Acme', hs_object_id: '33' } },
  };

  test('A46 P27 a signed message is mapped; the same id again adds nothing', async () => {
    expect((await send(payload)).status).toBe(204);
    expect((await send(payload)).status).toBe(204);
    expect((await operations()).map(({ externalId }) => externalId)).toEqual(['HS_COMP_33']);
  });

  test('a record that the sender says is deleted goes before a person: it is not written to NetSuite as it was', async () => {
    expect((await send({ ...payload, type: 'companies.deleted' })).status).toBe(204);
    expect(
      (await send({ ...payload, type: 'crm.companies.deletion.v1', data: { id: '34' } }, { id: 'msg_2' })).status,
    ).toBe(204);
    expect(await operations()).toMatchObject([
      { externalId: 'HS_COMP_33', state: 'review', error: { code: 'CRM_RECORD_DELETED' } },
      { externalId: 'HS_COMP_34', state: 'review', error: { code: 'CRM_RECORD_DELETED' } },
    ]);
  });

  test('a message of more records than a request may hold is refused as a whole', async () => {
    const data = Array.from({ length: 1_001 }, (_, at) => ({ id: `${at}`, properties: { name: 'A' } }));
    expect((await send({ ...payload, data })).status).toBe(413);
    expect(await operations()).toHaveLength(0);
  });

  test('a wrong secret, an old time and an unknown source all look the same', async () => {
    const other = `whsec_${Buffer.from('another secret of twenty-four bytes').toString('base64')}`;
    const refused = [
      await send(payload, { secret: other }),
      await send(payload, { at: new Date(Date.now() - 301_000) }),
      await send(payload, { source: 'nobody' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
  });
});

describe('POST /v1/events', () => {
  const data = { Id: '001D000000IRFmaIAH', Name: 'Acme', CurrencyIsoCode: 'EUR' };
  const event = (more: object = {}) =>
    new CloudEvent({ id: 'e1', source: '/crm', type: 'com.acme.crm.Account.updated.v1', data, ...more });
  const send = (message: { headers: Record<string, unknown>; body: unknown }) =>
    relay.call('/v1/events', {
      method: 'POST',
      body: String(message.body),
      headers: message.headers as Record<string, string>,
    });

  test('A46 binary and structured form of the reference library are the same event', async () => {
    expect((await send(HTTP.binary(event()))).status).toBe(202);
    expect((await send(HTTP.structured(event()))).status).toBe(202);
    expect((await operations()).map(({ externalId }) => externalId)).toEqual(['SF_ACCT_001D000000IRFMAIAH']);
  });

  test('of a deleted record goes before a person', async () => {
    await send(HTTP.structured(event({ type: 'com.acme.crm.Account.deleted.v1' })));
    await send(HTTP.structured(event({ id: 'e2', type: 'com.acme.crm.Account.updated.v1' })));
    expect(await operations()).toMatchObject([
      { state: 'review', error: { code: 'CRM_RECORD_DELETED' } },
      { externalId: 'SF_ACCT_001D000000IRFMAIAH', state: 'queued' },
    ]);
  });

  test('A46 a batch is taken as a whole', async () => {
    const batch = [event({ id: 'a' }), event({ id: 'b', data: { ...data, Id: '001D000000IRFmbIAH' } })].map((one) =>
      one.toJSON(),
    );
    const response = await relay.call('/v1/events', {
      method: 'POST',
      body: JSON.stringify(batch),
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ accepted: 2, operations: [{ index: 0 }, { index: 1 }] });
  });

  test('what is no CloudEvent is refused with a pointer', async () => {
    const body = { specversion: '0.3', id: '1', source: '/x', type: 'a', data };
    const response = await relay.call('/v1/events', {
      json: body,
      headers: { 'content-type': 'application/cloudevents+json' },
    });
    expect(response.status).toBe(422);
    expect(problemSchema.parse(await response.json()).errors?.[0]?.pointer).toBe('#/specversion');
    const named = async (type: string, value: object | object[]) =>
      problemSchema
        .parse(await (await relay.call('/v1/events', { json: value, headers: { 'content-type': type } })).json())
        .errors?.map(({ pointer }) => pointer);
    expect(await named('application/cloudevents-batch+json', [event().toJSON(), body])).toEqual(['#/1/specversion']);
    expect(await named('application/cloudevents+json', { ...event().toJSON(), data: 'text' })).toEqual(['#/data']);
    const odd = { specversion: '1.0', id: '1', source: '/x', type: 'a', Bad_Ext: 1, data };
    expect(
      (await relay.call('/v1/events', { json: odd, headers: { 'content-type': 'application/cloudevents+json' } }))
        .status,
    ).toBe(422);
    expect((await relay.call('/v1/events', { json: data })).status).toBe(415);
  });

  test('the right to send events is one of its own', async () => {
    expect((await relay.call('/v1/events', { json: {}, key: KEYS.hubspot })).status).toBe(403);
  });
});

describe('POST /v1/netsuite/events', () => {
  const change = (id: string, more: object = {}) => ({
    specversion: '1.0',
    id,
    source: '/netsuite/TSTDRV1000001',
    type: 'com.netsuite.customer.updated.v1',
    subject: 'customer/7',
    time: '2026-11-21T00:00:00Z',
    datacontenttype: 'application/json',
    sequence: '1',
    partitionkey: 'customer/7',
    data: {
      recordType: 'customer',
      internalId: '7',
      externalId: 'SF_ACCT_1',
      lastModified: '2026-11-21T00:00:00Z',
      changes: [{ field: 'phone', old: '1', new: '2' }],
      origin: { opId: null, version: null, hop: 0, ownSave: false, context: 'USERINTERFACE', user: '4' },
      foundBy: 'capture',
    },
    ...more,
  });
  const send = (events: unknown, { secret = WHSEC, at = new Date() } = {}) => {
    const body = JSON.stringify(events);
    return relay.call('/v1/netsuite/events', {
      method: 'POST',
      key: null,
      body,
      headers: {
        'content-type': 'application/cloudevents-batch+json',
        'webhook-id': 'batch_1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign('batch_1', at, body),
      },
    });
  };

  test('a signed batch is stored for every CRM that takes it; a repeated one is answered alike and adds nothing', async () => {
    const first = await send([change('1'), change('2')]);
    expect([first.status, await first.json()]).toEqual([202, { accepted: 2 }]);
    const again = await send([change('1'), change('2')]);
    expect([again.status, await again.json()]).toEqual([202, { accepted: 2 }]);
    const hook = (await operations()).filter(({ pool }) => pool === 'out:hook');
    expect(hook.map(({ body }) => (body as { deliver: { event: { id: string } } }).deliver.event.id)).toEqual([
      '1',
      '2',
    ]);
  });

  test('while too much waits a batch is left to the outbox, which sends it again', async () => {
    await relay.close();
    relay = await startHttpRelay({ limits: { queue: 1 } });
    expect((await send([change('1')])).status).toBe(202);
    relay.setNow(Date.now() + 2_000);
    const refused = await send([change('2')]);
    expect(problemSchema.parse(await refused.json())).toMatchObject({ status: 503, code: 'queue-full' });
  });

  test('a wrong secret, an old batch and events of another account are refused', async () => {
    const other = `whsec_${Buffer.from('another secret of twenty-four bytes').toString('base64')}`;
    expect((await send([change('1')], { secret: other })).status).toBe(401);
    expect((await send([change('1')], { at: new Date(Date.now() - 301_000) })).status).toBe(401);
    expect((await send([change('1', { source: '/netsuite/1234567' })])).status).toBe(403);
    expect((await send([{ ...change('1'), type: 'x' }])).status).toBe(422);
    expect(await operations()).toHaveLength(0);
  });

  test('an administrator in NetSuite can ask for a failed operation to be tried again', async () => {
    await send([change('1')]);
    await relay.store.finish({ to: 'dead', error: { code: 'X', class: 'data', message: 'no' } });
    const id = (await operations())[0]?.operationId;
    const replays = async () => (await operations())[0]?.history.filter(({ kind }) => kind === 'replayed').length;
    const request = { ...change('9').data, request: { opId: id, action: 'retry' } };
    await send([change('9', { data: request })]);
    expect(await replays()).toBe(1);
    await send([change('10', { data: request })]);
    expect(await replays()).toBe(1);
  });
});
