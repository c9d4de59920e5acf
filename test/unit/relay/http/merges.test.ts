import { randomUUID } from 'node:crypto';
import { fetchOperation, mergeShadows, type RecordToFetch } from '../../../../relay/delivery/to-fetch';
import { withChecksum } from '../../../fixtures/crm-ids';
import { KEYS, startHttpRelay, type HttpRelay } from '../../../helpers/http-relay';

let relay: HttpRelay;
beforeEach(async () => {
  relay = await startHttpRelay();
});
afterEach(() => relay.close());

const id18 = (id15: string): string => withChecksum(id15);
const [FIRST, SECOND, LAST] = [id18('001QyIlb00AkO1T'), id18('001QyIlb00AkO1U'), id18('001QyIlb00AkO1V')];

/** What every reading of changes does with a merged record. */
async function merge(crm: 'salesforce' | 'hubspot', object: string, id: string, into: string): Promise<void> {
  const notices = [`${object}|${id}`];
  const one: RecordToFetch = {
    ...{ crm, source: crm, object, id, notices, lane: 'realtime', deleted: true, mergedInto: into },
  };
  const traceId = 'a'.repeat(32);
  const request = { source: 'relay', traceId, operations: [fetchOperation(one)], shadows: mergeShadows([one]) };
  await relay.store.enqueue(request);
}

async function send(source: 'salesforce' | 'hubspot', object: string, record: object) {
  const answer = await relay.call('/v1/upserts', {
    method: 'POST',
    key: KEYS[source],
    headers: { 'idempotency-key': `"${randomUUID()}"` },
    json: { source, object, records: [record] },
  });
  const told = (await answer.json()) as { operations?: { operationId: string }[] };
  const stored = await relay.store.getOperation(told.operations?.[0]?.operationId ?? '');
  if (!stored) throw new Error(JSON.stringify(told));
  return stored;
}

const opportunity = (accountId: string) => ({
  Id: id18('006QyIlb00AkO1T'),
  AccountId: accountId,
  Name: 'Late order',
  IsWon: true,
  CloseDate: '2026-03-01',
  OpportunityLineItems: {
    records: [{ Id: id18('00kQyIlb00AkO1T'), Quantity: 1, UnitPrice: 5, Product2: { ProductCode: 'A' } }],
  },
});

describe('what comes after a merge', () => {
  test('A44, P35: an order of a merged account is an order of the account it lives on in, however often it was merged on', async () => {
    await merge('salesforce', 'Account', FIRST, SECOND);
    await merge('salesforce', 'Account', SECOND, LAST);
    const order = await send('salesforce', 'Opportunity', opportunity(FIRST));
    expect(order).toMatchObject({
      state: 'queued',
      body: {
        fields: { entity: { ref: { externalId: `SF_ACCT_${LAST}`.toUpperCase() } } },
        requires: [{ recordType: 'customer', externalId: `SF_ACCT_${LAST}`.toUpperCase() }],
      },
      warnings: [{ code: 'MERGED_REFERENCE', from: FIRST, to: LAST }],
    });
    expect(JSON.stringify(order.body)).not.toContain(FIRST.toUpperCase());
  });

  test('P35: a contact of a merged company is looked for among the contacts of the company it lives on in', async () => {
    await merge('hubspot', 'companies', '8', '9');
    const contact = await send('hubspot', 'contacts', {
      id: '77',
      properties: { hs_object_id: '77', lastname: 'Late', email: 'late@example.com' },
      associations: { companies: { results: [{ id: '8', type: 'contact_to_company' }] } },
    });
    const company = { recordType: 'customer', externalId: 'HS_COMP_9' };
    expect(contact.body).toMatchObject({
      key: { match: [{ field: 'email', within: { company } }] },
      fields: { company: { ref: company } },
    });
  });

  test('P35: a late change of the merged record itself goes before a person, and names the record that counts', async () => {
    await merge('hubspot', 'companies', '8', '9');
    const late = await send('hubspot', 'companies', { id: '8', properties: { hs_object_id: '8', name: 'Ghost' } });
    expect(late).toMatchObject({ state: 'review', error: { code: 'CRM_RECORD_MERGED' } });
    expect(late.error?.message).toContain('companies 8 was merged into 9');
    const kept = await send('hubspot', 'companies', { id: '9', properties: { hs_object_id: '9', name: 'Alive' } });
    expect(kept.state).toBe('queued');
  });

  test('a merge in a circle, which no CRM makes, ends', async () => {
    await merge('hubspot', 'companies', '8', '9');
    await merge('hubspot', 'companies', '9', '8');
    const late = await send('hubspot', 'companies', { id: '8', properties: { hs_object_id: '8', name: 'Ghost' } });
    expect(late.state).toBe('review');
  });
});
