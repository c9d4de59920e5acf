import { createHash } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { problemSchema } from '../../../../relay/http/openapi/answer-schemas';
import { parseOutboundMessage } from '../../../../relay/http/hooks/salesforce-soap';
import { signHubSpotV3 } from '../../../../relay/security/verify-hubspot-signature';
import { HUBSPOT_SECRET, KEYS, PATH_SECRET, startHttpRelay, WHSEC } from '../../../helpers/http-relay';
import type { HttpRelay } from '../../../helpers/http-relay';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay();
});
afterEach(() => relay.close());

const operations = () => relay.store.operations();

describe('POST /v1/hooks/hubspot', () => {
  const event = (more: object = {}) => ({
    eventId: 4101286121,
    subscriptionId: 7562680,
    portalId: 62515,
    appId: 54321,
    occurredAt: 1787843156000,
    subscriptionType: 'company.propertyChange',
    attemptNumber: 0,
    objectId: 541935488729,
    propertyName: 'name',
    propertyValue: 'x',
    changeSource: 'CRM_UI',
    ...more,
  });
  const send = (events: unknown, { at = Date.now(), body = JSON.stringify(events), path = '/v1/hooks/hubspot' } = {}) =>
    relay.call(path, {
      method: 'POST',
      key: null,
      body,
      headers: {
        'content-type': 'application/json',
        'x-hubspot-request-timestamp': String(at),
        'x-hubspot-signature-v3': signHubSpotV3(
          { method: 'POST', url: `https://relay.example.com${path}`, body: Buffer.from(body) },
          String(at),
          HUBSPOT_SECRET,
        ),
      },
    });

  test('events of one record become one reading of it, answered 204 at once', async () => {
    const response = await send([event(), event({ propertyName: 'phone' }), event({ objectId: 7 })]);
    expect(response.status).toBe(204);
    expect((await operations()).map(({ pool, object, crmId, body }) => ({ pool, object, crmId, body }))).toEqual([
      {
        pool: 'in:hubspot',
        object: 'companies',
        crmId: '541935488729',
        body: { fetch: { source: 'hubspot', object: 'companies', id: '541935488729' } },
      },
      {
        pool: 'in:hubspot',
        object: 'companies',
        crmId: '7',
        body: { fetch: { source: 'hubspot', object: 'companies', id: '7' } },
      },
    ]);
  });

  test('P27 the same events again add nothing, whatever their eventId and attempt', async () => {
    await send([event()]);
    expect((await send([event({ eventId: 1, attemptNumber: 3 })])).status).toBe(204);
    expect(await operations()).toHaveLength(1);
  });

  test('our own writes coming back and objects that no flow takes are skipped, and that is no error', async () => {
    const response = await send([
      event({ changeSource: 'INTEGRATION', sourceId: '54321' }),
      event({ subscriptionType: 'product.creation' }),
      event({ subscriptionType: 'object.propertyChange', objectTypeId: '0-123' }),
    ]);
    expect(response.status).toBe(204);
    expect(await operations()).toHaveLength(0);
  });

  test('a change of another integration is taken', async () => {
    await send([event({ changeSource: 'INTEGRATION', sourceId: '999' })]);
    expect(await operations()).toHaveLength(1);
  });

  test('a deleted record goes to review', async () => {
    await send([event({ subscriptionType: 'company.deletion', propertyName: undefined })]);
    expect((await operations())[0]).toMatchObject({ state: 'review', error: { code: 'CRM_RECORD_DELETED' } });
  });

  test('A44, P35: of merged records the one that lives on is read, the others go before a person, and the merge is remembered', async () => {
    const merge = {
      ...event({}),
      subscriptionType: 'company.merge',
      primaryObjectId: 7,
      mergedObjectIds: [7, 8],
      newObjectId: 9,
    };
    expect((await send([merge])).status).toBe(204);
    const found = (await operations()).filter(({ object }) => object === 'companies');
    expect(found.map(({ crmId, state, error }) => [crmId, state, error?.code]).sort()).toEqual([
      ['7', 'review', 'CRM_RECORD_MERGED'],
      ['8', 'review', 'CRM_RECORD_MERGED'],
      ['9', 'queued', undefined],
    ]);
    const [remembered] = await relay.store.getShadows('in:hubspot', [{ side: 'merged', key: 'companies|8' }]);
    expect(remembered?.projection).toEqual({ into: '9' });
  });

  test('A31 a wrong signature, an old one and another portal are refused', async () => {
    const refused = [await send([event()], { at: Date.now() - 301_000 })];
    const tampered = JSON.stringify([event({ objectId: 9 })]);
    const at = String(Date.now());
    refused.push(
      await relay.call('/v1/hooks/hubspot', {
        method: 'POST',
        key: null,
        body: tampered,
        headers: { 'x-hubspot-request-timestamp': at, 'x-hubspot-signature-v3': 'AAAA' },
      }),
    );
    for (const response of refused) {
      expect(response.status).toBe(401);
      expect(problemSchema.parse(await response.json()).code).toBe('signature-invalid');
    }
    expect((await send([event({ portalId: 1 })])).status).toBe(403);
    expect(await operations()).toHaveLength(0);
  });

  test('one app in several portals: each event goes to the source of its portal, and one of a portal that nobody named is left out', async () => {
    const portal = (name: string, portalId: number) => ({
      name,
      kind: 'hubspot',
      hubspot: { clientSecrets: [HUBSPOT_SECRET], portalId },
    });
    const crm = ['one', 'two'].map((name) => ({ name, kind: 'hubspot', baseUrl: 'https://api.hubapi.com' }));
    await relay.close();
    relay = await startHttpRelay({ sources: [portal('one', 1), portal('two', 2)], crm });
    expect(
      (await send([event({ portalId: 2, objectId: 22 }), event({ portalId: 1, objectId: 11 }), event({ portalId: 3 })]))
        .status,
    ).toBe(204);
    expect((await operations()).map(({ source, crmId }) => `${source} ${crmId}`).sort()).toEqual(['one 11', 'two 22']);
    expect((await send([event({ portalId: 3 })])).status).toBe(403);
    expect(await operations()).toHaveLength(2);
  });

  test('a workflow sends the whole object, which is mapped as it comes', async () => {
    const path = '/v1/hooks/hubspot-workflow?object=company';
    const sent = { objectId: 33, properties: { name: { value: 'Acme' }, hs_object_id: { value: '33' } } };
    const response = await send(sent, { path });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ accepted: 1, operationId: (await operations())[0]?.operationId });
    expect((await operations())[0]).toMatchObject({ pool: 'TSTDRV1000001', externalId: 'HS_COMP_33' });
    await send(sent, { path });
    expect(await operations()).toHaveLength(1);
  });
});

describe('POST /v1/hooks/hubspot-action', () => {
  const path = '/v1/hooks/hubspot-action';
  const run = (object: object, more: object = {}) => ({
    callbackId: 'ap-62515-1',
    origin: { portalId: 62515, actionDefinitionId: 7, actionDefinitionVersion: 1 },
    context: { source: 'WORKFLOWS', workflowId: 9 },
    object,
    inputFields: {},
    ...more,
  });
  /** As HubSpot signs the runs of custom actions: SHA-256 of secret, method, address and body. */
  const send = (body: string, secret = HUBSPOT_SECRET, to = path) =>
    relay.call(path, {
      method: 'POST',
      key: null,
      body,
      headers: {
        'content-type': 'application/json',
        'x-hubspot-signature-version': 'v2',
        'x-hubspot-signature': createHash('sha256')
          .update(`${secret}POSThttps://relay.example.com${to}${body}`)
          .digest('hex'),
      },
    });

  test('has the record read, tells the workflow that it goes on, and adds nothing when HubSpot sends it again', async () => {
    const body = JSON.stringify(run({ objectId: 33, objectType: 'DEAL', properties: {} }));
    const response = await send(body);
    expect(response.status).toBe(200);
    const [operation, ...others] = await operations();
    expect(others).toEqual([]);
    expect(operation).toMatchObject({ pool: 'in:hubspot', object: 'deals', crmId: '33', lane: 'realtime' });
    expect(await response.json()).toEqual({
      outputFields: { hs_execution_state: 'SUCCESS', operation_id: operation?.operationId, reason: '' },
    });
    expect((await send(body)).status).toBe(200);
    expect(await operations()).toHaveLength(1);
  });

  test('a record that no flow takes fails in the workflow, which goes on and shows why', async () => {
    const response = await send(JSON.stringify(run({ objectId: 33, objectType: 'PRODUCT' })));
    expect(await response.json()).toEqual({
      outputFields: {
        hs_execution_state: 'FAIL_CONTINUE',
        operation_id: '',
        reason: 'no flow that is on takes products',
      },
    });
    expect(await operations()).toHaveLength(0);
  });

  test('another secret, another address and another portal are refused, and so is a body of another kind', async () => {
    const body = JSON.stringify(run({ objectId: 33, objectType: 'DEAL' }));
    expect((await send(body, 'another-secret')).status).toBe(401);
    expect((await send(body, HUBSPOT_SECRET, '/v1/hooks/hubspot')).status).toBe(401);
    const foreign = JSON.stringify(run({ objectId: 33, objectType: 'DEAL' }, { origin: { portalId: 1 } }));
    expect((await send(foreign)).status).toBe(403);
    expect((await send(JSON.stringify({ object: { objectId: 33 } }))).status).toBe(422);
    expect(await operations()).toHaveLength(0);
  });

  test('webhooks are not taken with the older signature, which covers no time', async () => {
    const body = JSON.stringify([]);
    const signature = createHash('sha256').update(
      `${HUBSPOT_SECRET}POSThttps://relay.example.com/v1/hooks/hubspot${body}`,
    );
    const headers = { 'x-hubspot-signature-version': 'v2', 'x-hubspot-signature': signature.digest('hex') };
    const response = await relay.call('/v1/hooks/hubspot', { method: 'POST', key: null, body, headers });
    expect(response.status).toBe(401);
  });
});

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
    expect(problemSchema.parse(await response.json()).errors?.[0]?.pointer).toBe('#/0/specversion');
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
