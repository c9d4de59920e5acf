import { runSearch } from '../../../emulator/search/run-search';
import { suiteQl } from '../../../emulator/suiteql/engine';
import { createTestAccount, execution, seed, seedTrade, type TestAccount } from '../suiteql/account';

let account: TestAccount;
beforeEach(() => {
  account = createTestAccount();
  seedTrade(account);
  account.registry.addField(['invoice', 'salesorder'], {
    id: 'custbody_marks',
    label: 'Marks',
    type: 'multiselect',
    selectType: 'currency',
    custom: true,
  });
  seed(account, {
    type: 'invoice',
    id: '950',
    fields: { tranid: 'SECRET', entity: '101', createdfrom: '501', custbody_marks: ['1'] },
    sublists: { item: [{ fields: { line: 1, item: '11', quantity: 1, amount: 5, orderline: 1 } }] },
  });
});

const sql = (text: string): unknown[] =>
  suiteQl(account)
    .run(execution, text, [], 50)
    .rows.map(([value]) => value);

/** Numbers of the customer's transactions, by the join. */
const joined = (): unknown[] =>
  runSearch(
    account,
    execution,
    {
      type: 'customer',
      filters: { name: 'internalid', operator: 'anyof', values: ['101'] },
      columns: [{ name: 'tranid', join: 'transaction' }],
    },
    50,
  ).rows.map(({ values: [first] }) => first?.[0]);

describe('of several types behind a join or a table the role sees those it may view (section_N3539978)', () => {
  it('in joins of searches', () => {
    expect(joined()).toContain('SECRET');
    account.denied.add('invoice');
    expect(joined()).not.toContain('SECRET');
    expect(joined()).toContain('SO501');
  });

  it.each(['NextTransactionLineLink', 'NextTransactionLink', 'PreviousTransactionLineLink'])('in %s', (table) => {
    expect(sql(`SELECT nextdoc FROM ${table}`)).toContain(950);
    account.denied.add('invoice');
    expect(sql(`SELECT nextdoc FROM ${table}`)).not.toContain(950);
  });

  it('in the rows of a multiple select', () => {
    expect(sql('SELECT mapone FROM MAP_transaction_custbody_marks')).toEqual([950]);
    account.denied.add('invoice');
    expect(sql('SELECT mapone FROM MAP_transaction_custbody_marks')).toEqual([]);
  });
});
