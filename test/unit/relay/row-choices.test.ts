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
