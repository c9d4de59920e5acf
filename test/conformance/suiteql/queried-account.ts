import { type Cell, type Param, suiteQl } from '../../../emulator/suiteql/engine';
import { createTestAccount, customRecord, execution, seed, seedTrade } from './account';

export const account = createTestAccount();
seedTrade(account);
customRecord(account, 'customrecord_visit', [
  { id: 'custrecord_customer', type: 'select', selectType: 'customer' },
  { id: 'custrecord_when', type: 'datetime' },
  { id: 'custrecord_score', type: 'float' },
  { id: 'custrecord_done', type: 'checkbox' },
  { id: 'custrecord_tags', type: 'multiselect', selectType: 'customlist_tags' },
]);
account.registry.addList('customlist_tags', 'Tags', [
  { id: '1', scriptId: 'val_a', text: 'Red', inactive: false },
  { id: '2', scriptId: 'val_b', text: 'Blue', inactive: false },
]);
seed(
  account,
  {
    type: 'customrecord_visit',
    id: '1',
    fields: {
      name: 'one',
      custrecord_customer: '101',
      custrecord_when: '2026-11-20T12:00:00.000Z',
      custrecord_score: 0.1,
      custrecord_done: true,
      custrecord_tags: ['1', '2'],
    },
  },
  { type: 'customrecord_visit', id: '2', fields: { name: 'two', custrecord_customer: '101', custrecord_score: 0.2 } },
  {
    type: 'customrecord_visit',
    id: '3',
    fields: { name: 'three', custrecord_customer: '102', custrecord_done: false },
  },
);

export const rows = (sql: string, params: Param[] = []): Cell[][] =>
  suiteQl(account).run(execution, sql, params, 5000).rows;
export const names = (sql: string): string[] =>
  suiteQl(account)
    .run(execution, sql, [], 5000)
    .columns.map((column) => column.name);
export const refusal = (sql: string, params: Param[] = []): string => {
  try {
    return `no error, but ${JSON.stringify(rows(sql, params))}`;
  } catch (error) {
    return String((error as Error).message);
  }
};
