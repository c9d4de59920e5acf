import { parseFilters } from '../../../emulator/search/filter-expression';
import { inputReaders } from '../../../emulator/search/input-readers';
import { runSearch } from '../../../emulator/search/run-search';
import type { ColumnDefinition } from '../../../emulator/search/types';
import { createTestAccount, customRecord, execution, seed, seedTrade } from '../suiteql/account';

const account = createTestAccount();
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

const column = (given: string | ColumnDefinition): ColumnDefinition => {
  if (typeof given !== 'string') return given;
  const at = given.indexOf('.');
  return at < 0 ? { name: given } : { join: given.slice(0, at), name: given.slice(at + 1) };
};
const search = (type: string, filters: unknown, columns: (string | ColumnDefinition)[] = ['internalid']) =>
  runSearch(account, execution, { type, filters: parseFilters(filters), columns: columns.map(column) }, 1000).rows;
const ids = (type: string, filters: unknown): string[] => search(type, filters).map((row) => row.id as string);
const cells = (type: string, filters: unknown, columns: (string | ColumnDefinition)[]): unknown[][] =>
  search(type, filters, columns).map((row) => row.values.map(([value]) => value));

describe('filters by field type (Search Operators; case of text does not matter)', () => {
  it.each<[unknown, string[]]>([
    [['entityid', 'is', 'ACME'], ['101']],
    [
      ['entityid', 'isnot', 'acme'],
      ['102', '103', '111', '112'],
    ],
    [
      ['entityid', 'contains', 'ta'],
      ['102', '111'],
    ],
    [
      ['email', 'doesnotcontain', 'acme'],
      ['102', '103', '111', '112'],
    ],
    [['entityid', 'startswith', 'ga'], ['103']],
    [['entityid', 'haskeywords', 'tools delta'], ['111']],
    [['companyname', 'is', 'éPSILON'], ['112']],
    [
      ['email', 'isempty', ''],
      ['102', '103', '111', '112'],
    ],
    [['email', 'isnotempty', ''], ['101']],
    [['salesrep', 'anyof', '7'], ['101']],
    [
      ['salesrep', 'noneof', '7'],
      ['102', '103', '111', '112'],
    ],
    [
      ['salesrep', 'anyof', ['@NONE@', '7']],
      ['101', '102', '103', '111', '112'],
    ],
    [['salesrep', 'noneof', '@NONE@'], ['101']],
    [
      ['internalid', 'anyof', 101, 103],
      ['101', '103'],
    ],
    [['internalid', 'is', '102'], ['102']],
    [
      ['internalidnumber', 'greaterthan', 110],
      ['111', '112'],
    ],
    [
      ['externalid', 'anyof', 'acme-1', 'BETA-1'],
      ['101', '102'],
    ],
    [['externalidstring', 'startswith', 'BETA'], ['102']],
    [['custentity_tags', 'anyof', '1'], ['111']],
    [['custentity_tags', 'allof', '1', '2'], ['111']],
    [
      ['custentity_tags', 'noneof', '2'],
      ['101', '102', '103'],
    ],
    [['isinactive', 'is', 'T'], ['102']],
    [
      ['isinactive', 'is', false],
      ['101', '103', '111', '112'],
    ],
    [
      ['creditlimit', 'between', 20, 60],
      ['102', '111'],
    ],
    [
      ['creditlimit', 'notlessthan', '50'],
      ['101', '103', '111', '112'],
    ],
    [['creditlimit', 'equalto', '1000.50'], ['101']],
    [['lastmodifieddate', 'on', 'today'], ['102']],
    [['lastmodifieddate', 'within', 'lastmonth'], ['111']],
    [
      ['lastmodifieddate', 'within', '11/14/2026', '11/19/2026'],
      ['101', '112'],
    ],
    [
      ['lastmodifieddate', 'onorafter', 'daysago2'],
      ['101', '102'],
    ],
    [['lastmodifieddate', 'onorafter', '11/21/2026 9:00 am'], ['102']],
    [['lastmodifieddate', 'after', '11/21/2026 9:00 am'], []],
    [['lastmodifieddate', 'before', 'thisyear'], ['103']],
    [['lastmodifieddate', 'onorafter', { date: '2026-11-21T14:00:00.000Z' }], ['102']],
    [['stage', 'anyof', 'LEAD'], ['103']],
  ])('customer %j', (filter, expected) => {
    expect(ids('customer', filter)).toEqual(expected);
  });

  it.each<[unknown, string[]]>([
    [[['entityid', 'is', 'acme'], 'or', ['entityid', 'is', 'beta'], 'and', ['isinactive', 'is', 'F']], ['101']],
    [[[['entityid', 'is', 'acme'], 'or', ['entityid', 'is', 'beta']], 'and', ['isinactive', 'is', 'T']], ['102']],
    [
      ['not', ['salesrep', 'anyof', '7']],
      ['102', '103', '111', '112'],
    ],
    [
      [
        ['isinactive', 'is', 'F'],
        'and',
        'not',
        [['entityid', 'is', 'acme'], 'or', ['creditlimit', 'greaterthan', '10']],
      ],
      ['103', '112'],
    ],
    [
      [
        { name: 'entityid', operator: 'startswith', values: ['a'] },
        { name: 'isinactive', operator: 'is', values: 'F' },
      ],
      ['101'],
    ],
    [[['salesrep.email', 'is', 'sam@example.com']], ['101']],
    [[['formulanumeric: CASE WHEN {creditlimit} > 100 THEN 1 ELSE 0 END', 'equalto', '1']], ['101']],
    [[['formulatext: {salesrep}', 'startswith', 'Sam']], ['101']],
    [[], ['101', '102', '103', '111', '112']],
  ])('expression %j', (filter, expected) => {
    expect(ids('customer', filter)).toEqual(expected);
  });
});

describe('transactions', () => {
  it('answers the main line and each line, which fields tell apart', () => {
    expect(
      cells('salesorder', ['internalid', 'anyof', '501'], ['mainline', 'line', 'item', 'quantity', 'amount', 'memo']),
    ).toEqual([
      ['*', '0', '', '', '130.00', 'first'],
      ['', '1', '11', '3', '30.00', 'three widgets'],
      ['', '3', '12', '1', '100.00', ''],
    ]);
  });

  it('filters by type, status and mainline', () => {
    expect(ids('transaction', [['mainline', 'is', 'T'], 'and', ['type', 'anyof', 'SalesOrd', 'CustInvc']])).toEqual([
      '501',
      '502',
      '601',
    ]);
    expect(
      ids('transaction', [['mainline', 'is', 'T'], 'and', ['status', 'anyof', 'SalesOrd:B', 'CustInvc:A']]),
    ).toEqual(['501', '601']);
    expect(ids('salesorder', [['mainline', 'is', 'F'], 'and', ['item', 'anyof', '12']])).toEqual(['501']);
    expect(ids('transaction', [['mainline', 'is', 'T'], 'and', ['createdfrom', 'anyof', '502']])).toEqual(['601']);
  });

  it('gives credit memos a negative amount, in base currency; fxamount in the transaction’s', () => {
    expect(cells('creditmemo', ['mainline', 'is', 'T'], ['amount', 'fxamount', 'status'])).toEqual([
      ['-30.00', '-20.00', ''],
    ]);
  });

  it('answers one row an opportunity, and refuses mainline there', () => {
    expect(ids('opportunity', [])).toEqual(['701']);
    expect(cells('opportunity', [], ['tranid', 'item'])).toEqual([
      ['OPP1', '11'],
      ['OPP1', '12'],
    ]);
  });

  it('follows joins from body and lines', () => {
    expect(
      cells(
        'invoice',
        [['mainline', 'is', 'F']],
        ['item.displayname', 'customer.companyname', 'createdfrom.tranid', 'createdfrom.type'],
      ),
    ).toEqual([['Widget', 'Beta GmbH', 'SO502', 'SalesOrd']]);
  });
});

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
