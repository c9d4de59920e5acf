import { createHash } from 'node:crypto';
import { problemSchema } from '../../../../relay/http/openapi/answer-schemas';
import { signHubSpotV3 } from '../../../../relay/security/verify-hubspot-signature';
import { HUBSPOT_SECRET, startHttpRelay } from '../../../helpers/http-relay';
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
      mergedObjectIds: [8],
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

  test('P35 the primary record lives on where a merge made no new one', async () => {
    const merge = { ...event({}), subscriptionType: 'company.merge', primaryObjectId: 7, mergedObjectIds: [8] };
    expect((await send([{ ...merge, newObjectId: null }])).status).toBe(204);
    const found = await operations();
    expect(found.map(({ crmId, state }) => [crmId, state]).sort()).toEqual([
      ['7', 'queued'],
      ['8', 'review'],
    ]);
  });

  test('records that were associated at one moment are all read, whether their events come together or apart', async () => {
    const associated = (fromObjectId: number) => ({
      ...event({ objectId: undefined, propertyName: undefined, fromObjectId, toObjectId: 99 }),
      subscriptionType: 'contact.associationChange',
    });
    await send([associated(1), associated(2)]);
    await send([associated(3)]);
    expect((await operations()).map(({ crmId }) => crmId).sort()).toEqual(['1', '2', '3']);
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
  });

  test('what a workflow sends again is known by its moments, and a value that comes back is taken with or without them', async () => {
    const path = '/v1/hooks/hubspot-workflow?object=company';
    const named = async (name: object | string, more: object = {}): Promise<string> => {
      const sent = { objectId: 33, properties: { name, hs_object_id: '33', ...more } };
      return ((await (await send(sent, { path })).json()) as { operationId: string }).operationId;
    };
    const first = await named({ value: 'Acme', timestamp: 1 });
    expect(await named({ value: 'Acme', timestamp: 1 })).toBe(first);
    await named({ value: 'Acme Ltd', timestamp: 2 });
    expect(await named({ value: 'Acme', timestamp: 3 })).not.toBe(first);
    const dated = await named('Acme', { hs_lastmodifieddate: '2026-11-22T10:00:00Z' });
    expect(await named('Acme', { hs_lastmodifieddate: '2026-11-22T10:00:00Z' })).toBe(dated);
    const undated = await named('Acme');
    await named('Acme Ltd');
    expect(await named('Acme')).not.toBe(undated);
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
