import { ids, cells } from './searched-account';

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

  it.each<[string, string[]]>([
    ['on', ['first']],
    ['onorafter', ['first', 'second']],
    ['onorbefore', ['first']],
    ['before', []],
    ['after', ['second']],
  ])('a field without a time is compared by days, though the value has a time: %s', (operator, expected) => {
    for (const value of [{ date: '2026-11-20T20:30:00.000Z' }, '11/20/2026 3:30 pm']) {
      const found = cells('customrecord_visit', ['custrecord_day', operator, value], ['name']);
      expect(found.flat()).toEqual(expected);
    }
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
