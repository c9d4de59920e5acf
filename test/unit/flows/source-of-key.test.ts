import { PRESETS } from '../../../flows';
import { crmIdOf } from '../../../flows';
import { findSourceOfKey } from '../../../relay/crm/find-source-of-key';
import { makeFixtures } from '../../fixtures';

const fixtures = makeFixtures({ subsidiary: '1', currency: '1', strictForm: '1' });
const flows = Object.values(PRESETS).flat();

it('finds the CRM, the object and the id in its own case behind every external id of the sample', () => {
  for (const { source, object, crmId, expect: wanted } of [
    ...fixtures.accounts,
    ...fixtures.contacts,
    ...fixtures.orders,
  ]) {
    const found = findSourceOfKey(flows, wanted.recordType, wanted.externalId, {});
    expect([found?.flow.crm, found?.flow.object, found?.crmId]).toEqual([source, object, crmId]);
  }
});

it('does not guess', () => {
  expect(crmIdOf('NOT-AN-ID')).toBeNull();
  expect(findSourceOfKey(flows, 'customer', 'SOMETHING_ELSE', {})).toBeNull();
  expect(findSourceOfKey(flows, 'customer', 'HS_COMP_12_SB1', { externalIdSuffix: 'sb1' })?.crmId).toBe('12');
});
