import { parseFilters } from '../../../emulator/search/filter-expression';
import { inputReaders } from '../../../emulator/search/input-readers';
import { lookupFields } from '../../../emulator/search/lookup-fields';
import { execution } from '../suiteql/account';
import { account, search, ids, cells } from './searched-account';

describe('columns', () => {
  it('sorts, by the order of the columns that ask for it', () => {
    expect(
      cells(
        'customer',
        [],
        [
          { name: 'isinactive', sort: 'DESC' },
          { name: 'entityid', sort: 'ASC' },
        ],
      ).map(([, name]) => name),
    ).toEqual(['Beta', 'Acme', 'Delta Tools', 'Epsilon', 'Gamma']);
  });

  it('sums up by group and filters sums', () => {
    const columns = [
      { name: 'entity', summary: 'GROUP' },
      { name: 'amount', summary: 'SUM' },
      { name: 'internalid', summary: 'COUNT' },
      { name: 'trandate', summary: 'MAX' },
      { name: 'amount', summary: 'AVG' },
    ];
    const type = ['type', 'anyof', 'SalesOrd', 'CustInvc'];
    expect(cells('transaction', [['mainline', 'is', 'T'], 'and', type], columns)).toEqual([
      ['101', '130.00', '1', '11/5/2026', '130.00'],
      ['102', '20.00', '2', '11/1/2026', '10.00'],
    ]);
    expect(
      cells(
        'transaction',
        [['mainline', 'is', 'T'], 'and', type, 'and', ['sum(amount)', 'greaterthan', '100']],
        columns,
      ),
    ).toHaveLength(1);
  });

  it('computes formulas and functions', () => {
    expect(
      cells(
        'customer',
        ['internalid', 'anyof', '101'],
        [
          { name: 'formulatext', formula: "UPPER({companyname}) || ' by ' || {salesrep}" },
          { name: 'formulanumeric', formula: '{salesrep.id} / 2' },
          { name: 'formulacurrency', formula: '{creditlimit} * 0.1' },
          { name: 'formuladate', formula: 'TRUNC({lastmodifieddate})' },
          { name: 'formulatext', formula: "CASE WHEN {isinactive} = 'T' THEN 'gone' ELSE 'here' END" },
          { name: 'lastmodifieddate', function: 'ageInDays' },
        ],
      ),
    ).toEqual([['ACME LTD by Sam Seller', '3.5', '100.05', '11/19/2026', 'here', '1']]);
  });

  it('joins contacts, addresses, and custom records that point at the record', () => {
    expect(
      cells(
        'customer',
        ['internalid', 'anyof', '101'],
        ['contact.email', 'address.city', 'billcity', 'custrecord_customer.name'],
      ),
    ).toEqual([
      ['ann@acme.example', 'Boston', 'Boston', 'first'],
      ['ann@acme.example', 'Boston', 'Boston', 'second'],
    ]);
    expect(
      cells(
        'customrecord_visit',
        ['custrecord_day', 'on', 'yesterday'],
        ['name', 'custrecord_day', 'custrecord_customer.entityid'],
      ),
    ).toEqual([['first', '11/20/2026', 'Acme']]);
  });

  it('gives a row for each location of an item that names one', () => {
    expect(
      cells('item', ['internalid', 'anyof', '13'], ['itemid', 'inventorylocation', 'locationquantityavailable']),
    ).toEqual([
      ['STOCKED', '1', '5'],
      ['STOCKED', '2', '0'],
    ]);
    expect(search('item', ['internalid', 'anyof', '13'], ['inventorylocation'])[0]?.values[0]).toEqual(['1', 'Boston']);
  });

  it('finds deleted records under the ids they had', () => {
    const found = search(
      'DeletedRecord',
      [['deleteddate', 'onorafter', 'today'], 'and', ['recordtype', 'anyof', 'customer']],
      ['name', 'recordtype', 'deletedby', 'deleteddate'],
    );
    expect(found).toEqual([
      {
        id: '95',
        recordType: 'deletedrecord',
        values: [
          ['Old Ltd', null],
          ['customer', 'customer'],
          ['7', 'Sam Seller'],
          ['11/21/2026 5:00 am', null],
        ],
      },
    ]);
  });

  it('tells the values of a multiple select apart although a name holds a comma', () => {
    account.registry.addField(['customer', 'lead', 'prospect'], {
      id: 'custentity_inks',
      label: 'Inks',
      type: 'multiselect',
      selectType: 'customlist_inks',
      custom: true,
    });
    account.registry.addList('customlist_inks', 'Inks', [
      { id: '1', scriptId: 'val_a', text: 'Red, dark', inactive: false },
      { id: '2', scriptId: 'val_b', text: 'Blue', inactive: false },
    ]);
    account.store.patch('customer', '112', { custentity_inks: ['1', '2'] });
    const inks = [
      { value: '1', text: 'Red, dark' },
      { value: '2', text: 'Blue' },
    ];
    const wanted = { type: 'customer', id: '112', columns: ['custentity_inks'] };
    expect(lookupFields(account, execution, wanted)).toEqual({ custentity_inks: inks });
    const columns = [{ name: 'custentity_inks' }];
    const found = search('customer', ['internalid', 'anyof', '112'], columns);
    expect(found[0]?.values[0]?.slice(0, 2)).toEqual(['1,2', 'Red, dark,Blue']);
  });
});

describe('what the role may not see', () => {
  it('is refused as a search, and left out of a search over many types', () => {
    account.denied.add('invoice').add('contact');
    expect(() => ids('contact', [])).toThrow(/INSUFFICIENT_PERMISSION/);
    expect(ids('transaction', [['mainline', 'is', 'T'], 'and', ['type', 'anyof', 'CustInvc']])).toEqual([]);
    expect(() => cells('customer', [], ['contact.email'])).toThrow(/SSS_INVALID_SRCH_COL_JOIN/);
    account.denied.clear();
  });
});

describe('Map/Reduce input (section_4549604332)', () => {
  it('is JSON of record type, id and values: a select as one object, joins as name.join, check boxes as T and F', () => {
    const [first] = inputReaders.search(account, execution, {
      type: 'customer',
      filters: parseFilters(['internalid', 'anyof', '101']),
      columns: [
        { name: 'entityid' },
        { name: 'salesrep' },
        { name: 'isinactive' },
        { name: 'email', join: 'salesrep' },
        { name: 'pricelevel' },
      ],
    });
    expect([first?.id, JSON.parse(first?.json ?? '')]).toEqual([
      '101',
      {
        recordType: 'customer',
        id: '101',
        values: {
          entityid: 'Acme',
          salesrep: { value: '7', text: 'Sam Seller' },
          isinactive: 'F',
          'email.salesrep': 'sam@example.com',
          pricelevel: '',
        },
      },
    ]);
  });

  it('reads SuiteQL as positional values', () => {
    expect(
      inputReaders
        .query(account, execution, {
          query: 'SELECT id, entityid FROM customer WHERE id < ? ORDER BY id',
          params: [103],
        })
        .map(({ json }) => (JSON.parse(json) as { values: unknown[] }).values),
    ).toEqual([
      [101, 'Acme'],
      [102, 'Beta'],
    ]);
  });
});
