import { parseFilters } from '../../../emulator/search/filter-expression';
import { runSearch } from '../../../emulator/search/run-search';
import type { ColumnDefinition } from '../../../emulator/search/types';
import { createTestAccount, customRecord, execution, seed, seedTrade } from '../suiteql/account';

export const account = createTestAccount();
seedTrade(account);
account.registry.addField(['customer', 'lead', 'prospect'], {
  id: 'custentity_tags',
  label: 'Tags',
  type: 'multiselect',
  selectType: 'customlist_tags',
  custom: true,
});
account.registry.addList('customlist_tags', 'Tags', [
  { id: '1', scriptId: 'val_a', text: 'Red', inactive: false },
  { id: '2', scriptId: 'val_b', text: 'Blue', inactive: false },
]);
customRecord(account, 'customrecord_visit', [
  { id: 'custrecord_customer', type: 'select', selectType: 'customer' },
  { id: 'custrecord_day', type: 'date' },
]);
seed(
  account,
  {
    type: 'customer',
    id: '111',
    fields: {
      entityid: 'Delta Tools',
      companyname: 'Delta',
      custentity_tags: ['1', '2'],
      creditlimit: 50,
      lastmodifieddate: '2026-10-15T12:00:00.000Z',
    },
  },
  {
    type: 'customer',
    id: '112',
    fields: {
      entityid: 'Epsilon',
      companyname: 'Épsilon',
      custentity_tags: ['2'],
      lastmodifieddate: '2026-11-14T12:00:00.000Z',
    },
  },
  {
    type: 'customrecord_visit',
    id: '1',
    fields: { name: 'first', custrecord_customer: '101', custrecord_day: '2026-11-20' },
  },
  {
    type: 'customrecord_visit',
    id: '2',
    fields: { name: 'second', custrecord_customer: '101', custrecord_day: '2026-11-21' },
  },
  {
    type: 'opportunity',
    id: '701',
    fields: { tranid: 'OPP1', entity: '101', trandate: '2026-11-02', projectedtotal: 5 },
    sublists: {
      item: [
        { fields: { line: 1, item: '11', quantity: 2, rate: 1, amount: 2 } },
        { fields: { line: 2, item: '12', quantity: 1, rate: 3, amount: 3 } },
      ],
    },
  },
  {
    type: 'creditmemo',
    id: '801',
    fields: { tranid: 'CM1', entity: '101', trandate: '2026-11-03', total: 20, currency: '1', exchangerate: 1.5 },
    sublists: { item: [{ fields: { line: 1, item: '11', quantity: 2, rate: 10, amount: 20 } }] },
  },
  {
    type: 'inventoryitem',
    id: '13',
    fields: { itemid: 'STOCKED' },
    sublists: {
      locations: [
        { fields: { location: '1', quantityavailable: 5 } },
        { fields: { location: '2', quantityavailable: 0 } },
      ],
    },
  },
  { type: 'location', id: '1', fields: { name: 'Boston' } },
  { type: 'location', id: '2', fields: { name: 'Lyon' } },
  {
    type: 'deletedrecord',
    id: '1',
    fields: {
      name: 'Old Ltd',
      recordtype: 'customer',
      recordid: 95,
      deleteddate: '2026-11-21T10:00:00.000Z',
      deletedby: '7',
    },
  },
);

export const column = (given: string | ColumnDefinition): ColumnDefinition => {
  if (typeof given !== 'string') return given;
  const at = given.indexOf('.');
  return at < 0 ? { name: given } : { join: given.slice(0, at), name: given.slice(at + 1) };
};
export const search = (type: string, filters: unknown, columns: (string | ColumnDefinition)[] = ['internalid']) =>
  runSearch(account, execution, { type, filters: parseFilters(filters), columns: columns.map(column) }, 1000).rows;
export const ids = (type: string, filters: unknown): string[] => search(type, filters).map((row) => row.id as string);
export const cells = (type: string, filters: unknown, columns: (string | ColumnDefinition)[]): unknown[][] =>
  search(type, filters, columns).map((row) => row.values.map(([value]) => value));
