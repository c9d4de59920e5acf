import { createFlowSet } from '../../../flows';
import { balancesToCompany } from '../../../flows/hubspot/mirror/customers';
import type { CrmConfig } from '../../../relay/config/schema-crm';
import type { DeliveryBody } from '../../../relay/delivery/write-to-crm';
import { rowOperations } from '../../../relay/pull/row-operations';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';

it('a field whose flow makes options of unknown values is written so, and only that one', async () => {
  const tier = { name: 'picklist', table: { '1': 'Gold' }, unknown: 'createOption' };
  const [first, ...others] = balancesToCompany.fields;
  const flow = {
    ...balancesToCompany,
    fields: [{ ...first!, to: 'netsuite_tier', from: 'category', transform: ['text', tier] }, ...others],
  };
  const store = openMemoryStore(Date.now);
  const { operations } = await rowOperations(
    {
      ...{ store, account: 'A', set: createFlowSet([flow]), retrySeconds: [1], now: Date.now, lane: 'realtime' },
      crm: [{ name: 'hubspot', kind: 'hubspot' } as CrmConfig],
    },
    [flow],
    [
      { internalId: '7', key: 'HS_COMP_1', crmId: '1', category: 'Platinum' },
      { internalId: '8', key: 'HS_COMP_2', crmId: '2', category: '1' },
    ],
  );
  await store.close();
  const written = operations.map(({ body }) => (body as unknown as DeliveryBody).deliver);
  expect(written.map(({ fields }) => fields['netsuite_tier'])).toEqual(['Platinum', 'Gold']);
  expect(written.map(({ createOptions }) => createOptions)).toEqual([['netsuite_tier'], ['netsuite_tier']]);
});

it('a value that the match or an association of a flow can not use fails its own row, and the other rows of the page go on', async () => {
  const store = openMemoryStore(Date.now);
  const rows = [
    { internalId: '7', key: null, email: 'no address', customerKey: '1' },
    { internalId: '8', key: null, email: 'a@example.com', customerKey: 'not a number' },
    { internalId: '9', key: null, email: 'b@example.com', customerKey: '1' },
  ];
  const flow = {
    ...balancesToCompany,
    gate: [],
    create: true,
    key: { prefix: 'T', from: 'internalId' },
    match: [{ field: 'email', from: 'email', transform: 'email', strength: 'exact' as const }],
    associate: [{ object: 'companies', from: 'customerKey', transform: 'digitsId' }],
  };
  const { operations } = await rowOperations(
    {
      ...{ store, account: 'A', set: createFlowSet([flow]), retrySeconds: [1], now: Date.now, lane: 'realtime' },
      crm: [{ name: 'hubspot', kind: 'hubspot' } as CrmConfig],
    },
    [flow],
    rows,
  );
  await store.close();
  expect(operations.map(({ refused }) => refused?.field ?? null)).toEqual(['email', 'customerKey', null]);
});
