import { countSearch } from '../../../emulator/search/run-search';
import { execution, seed } from '../suiteql/account';
import { account, cells, ids } from './searched-account';

const refusal = (work: () => unknown): string => {
  try {
    return `no error, but ${JSON.stringify(work())}`;
  } catch (error) {
    return String(error);
  }
};
const group = (name: string) => ({ name, summary: 'GROUP', sort: 'ASC' });

describe('a join that finds nothing (Search Operators)', () => {
  it('has no check box that could be clear', () => {
    expect(ids('customer', ['salesrep.isinactive', 'is', 'F'])).toEqual(['101']);
    expect(ids('customer', ['salesrep.isinactive', 'is', 'T'])).toEqual([]);
    expect(cells('salesorder', ['item.isinactive', 'is', 'F'], ['internalid', 'line'])).toEqual([
      ['501', '1'],
      ['501', '3'],
      ['502', '1'],
    ]);
    expect(
      cells(
        'customer',
        ['entityid', 'startswith', 'b'],
        [{ name: 'formulatext', formula: "NVL({salesrep.isinactive}, 'none')" }],
      ),
    ).toEqual([['none']]);
  });
});

describe('multiple selects', () => {
  beforeAll(() => {
    account.registry.addField(['customer', 'lead', 'prospect'], {
      id: 'custentity_team',
      label: 'Team',
      type: 'multiselect',
      selectType: 'employee',
      custom: true,
    });
    seed(
      account,
      { type: 'employee', id: '8', fields: { entityid: 'Tim', email: 'tim@example.com' } },
      { type: 'customer', id: '113', fields: { entityid: 'Zeta', custentity_team: ['7', '8'] } },
    );
  });

  it('that are empty are left out by none of @NONE@, alone and beside values', () => {
    expect(ids('customer', ['custentity_tags', 'noneof', '@NONE@'])).toEqual(['111', '112']);
    expect(ids('customer', ['custentity_tags', 'noneof', '@NONE@', '1'])).toEqual(['112']);
    expect(ids('customer', ['custentity_tags', 'anyof', '@NONE@', '1'])).toEqual(['101', '102', '103', '111', '113']);
  });

  it('join a row for each of their values', () => {
    expect(
      cells(
        'customer',
        ['internalid', 'anyof', '113'],
        ['entityid', { name: 'email', join: 'custentity_team', sort: 'ASC' }],
      ),
    ).toEqual([
      ['Zeta', 'sam@example.com'],
      ['Zeta', 'tim@example.com'],
    ]);
    expect(ids('customer', ['custentity_team.email', 'is', 'tim@example.com'])).toEqual(['113']);
  });

  it('read as names in formulas', () =>
    expect(
      cells('customer', ['internalid', 'anyof', '111'], [{ name: 'formulatext', formula: '{custentity_tags}' }]),
    ).toEqual([['Red,Blue']]));
});

describe('selects', () => {
  it('contain and start with what they show, not with their ids', () => {
    const orders = ['mainline', 'is', 'T'];
    expect(ids('salesorder', [orders, 'and', ['entity', 'contains', 'cm']])).toEqual(['501']);
    expect(ids('salesorder', [orders, 'and', ['entity', 'startswith', 'BE']])).toEqual(['502']);
    expect(ids('salesorder', [orders, 'and', ['entity', 'contains', '10']])).toEqual([]);
  });
});

describe('sums', () => {
  it('without groups are one row, also for pages', () => {
    const columns = [{ name: 'internalid', summary: 'COUNT' }];
    expect(cells('customer', [], columns)).toHaveLength(1);
    expect(countSearch(account, execution, { type: 'customer', filters: null, columns })).toBe(1);
  });

  it('are filtered as groups, with other filters on their rows, however the filters are nested', () => {
    const sales = ['type', 'anyof', 'SalesOrd', 'CustInvc'];
    const columns = [group('entity'), { name: 'amount', summary: 'SUM' }];
    expect(
      cells('transaction', [sales, 'and', [['sum(amount)', 'lessthan', 100], 'and', ['mainline', 'is', 'T']]], columns),
    ).toEqual([['102', '20.00']]);
    expect(
      refusal(() =>
        cells('transaction', [['sum(amount)', 'greaterthan', 100], 'or', ['mainline', 'is', 'T']], columns),
      ),
    ).toContain('A summary filter beside others under OR');
    expect(refusal(() => cells('transaction', ['sum(amount)', 'greaterthan', 100], ['entity']))).toContain(
      'A summary filter without summary columns',
    );
  });

  it('that cancel out are zero', () => {
    const creditLimit = { name: 'creditlimit', summary: 'SUM' };
    const cancelled =
      "sum(formulanumeric: CASE {entityid} WHEN 'Acme' THEN 0.1 WHEN 'Beta' THEN 0.2 WHEN 'Gamma' THEN -0.3 END)";
    expect(cells('customer', [cancelled, 'equalto', 0], [creditLimit])).toHaveLength(1);
    expect(cells('customer', [cancelled, 'greaterthan', 0], [creditLimit])).toEqual([]);
  });

  it('in formulas stand beside groups only, and in summaries only', () => {
    const main = ['mainline', 'is', 'T'];
    const formula = (text: string, summary?: string) => ({
      name: 'formulatext',
      formula: text,
      ...(summary ? { summary } : {}),
    });
    expect(cells('salesorder', main, [group('entity'), formula("{entity} || ': ' || MAX({tranid})", 'MAX')])).toEqual([
      ['101', 'Acme: SO501'],
      ['102', 'Beta: SO502'],
    ]);
    expect(
      refusal(() => cells('salesorder', main, [group('entity'), formula('{tranid} || MAX({trandate})', 'MAX')])),
    ).toContain('ORA-00979');
    expect(refusal(() => cells('salesorder', main, ['entity', formula('MAX({tranid})')]))).toContain('an aggregate');
    expect(
      refusal(() => cells('salesorder', ['formulanumeric: COUNT({tranid})', 'greaterthan', 1], ['entity'])),
    ).toContain('An aggregate in the formula of a filter');
  });
});
