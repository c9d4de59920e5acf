import { cells } from '../search/searched-account';
import { seed } from './account';
import { account, rows, refusal } from './queried-account';

describe('window functions over a frame (article_0824094533)', () => {
  it('add up from the first row to this one, and around it', () => {
    expect(
      rows(
        'SELECT name, SUM(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), ' +
          'SUM(id) OVER (ORDER BY id DESC ROWS UNBOUNDED PRECEDING) FROM customrecord_visit ORDER BY id',
      ),
    ).toEqual([
      ['one', 1, 3, 6],
      ['two', 3, 6, 5],
      ['three', 6, 5, 3],
    ]);
  });

  it('refuse a range of values by name', () => {
    expect(
      refusal('SELECT SUM(id) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM customer'),
    ).toContain('RANGE of values');
  });
});

describe('MAX and MIN of the first or last rows (KEEP; functions: section_158513731864)', () => {
  it.each([
    ['MAX(name) KEEP (DENSE_RANK LAST ORDER BY custrecord_customer)', 'three'],
    ['MAX(name) KEEP (DENSE_RANK FIRST ORDER BY custrecord_customer)', 'two'],
    ['MIN(name) KEEP (DENSE_RANK FIRST ORDER BY custrecord_customer)', 'one'],
    ['MAX(name) KEEP (DENSE_RANK LAST ORDER BY custrecord_score)', 'three'],
    ['MAX(name) KEEP (DENSE_RANK LAST ORDER BY custrecord_score NULLS FIRST)', 'two'],
    ['MAX(name) KEEP (DENSE_RANK FIRST ORDER BY custrecord_score DESC NULLS LAST)', 'two'],
  ])('%s is %s', (expression, expected) => {
    expect(rows(`SELECT ${expression} FROM customrecord_visit`)).toEqual([[expected]]);
  });
});

it('takes the types that N/query writes around columns (section_1510275060)', () => {
  expect(
    rows(
      'SELECT BUILTIN_RESULT.TYPE_STRING("TRANSACTION".tranid) AS a, BUILTIN_RESULT.TYPE_CURRENCY(SUM("TRANSACTION".foreigntotal), BUILTIN.CURRENCY("TRANSACTION".foreigntotal)) AS b ' +
        'FROM "TRANSACTION" WHERE "TRANSACTION"."ID" = 501 GROUP BY "TRANSACTION".tranid',
    ),
  ).toEqual([['SO501', 130]]);
});

describe('formulas of searches', () => {
  it('gather all values of a group, once each if asked, and turn texts round', () => {
    const gathered = (formula: string) => ({ name: 'formulatext', summary: 'MAX', formula });
    expect(
      cells(
        'salesorder',
        [
          ['mainline', 'is', 'F'],
          ['internalid', 'anyof', '501'],
        ],
        [
          { name: 'tranid', summary: 'GROUP' },
          gathered('NS_CONCAT({item})'),
          gathered('NS_CONCAT(DISTINCT {tranid})'),
          gathered('MAX(REVERSE({tranid}))'),
        ],
      ),
    ).toEqual([['SO501', 'WIDGET,SETUP', 'SO501', '105OS']]);
  });
});

describe('tables that public queries join', () => {
  beforeAll(() =>
    seed(
      account,
      {
        type: 'employee',
        id: '7100',
        fields: { entityid: 'Role holder' },
        sublists: { roles: [{ fields: { line: 1, selectedrole: '3' } }, { fields: { line: 2, selectedrole: '9' } }] },
      },
      {
        type: 'vendor',
        id: '7101',
        fields: { entityid: 'Mill' },
        sublists: {
          addressbook: [
            {
              fields: { label: 'Works', defaultbilling: true, internalid: 7901 },
              subrecords: { addressbookaddress: { fields: { city: 'Lyon', country: 'FR' } } },
            },
          ],
        },
      },
      { type: 'noninventoryitem', id: '7102', fields: { itemid: 'Everywhere', subsidiary: ['1', '2'] } },
    ),
  );

  it('EmployeeRolesForSearch holds a row for each role (section_N3539978)', () => {
    expect(rows('SELECT entity, role FROM EmployeeRolesForSearch WHERE entity = 7100 ORDER BY role')).toEqual([
      [7100, 3],
      [7100, 9],
    ]);
  });

  it('EntityAddressbook leads from any entity to its addresses (section_4704101831)', () => {
    expect(
      rows(
        'SELECT b.entity, b.label, a.city FROM EntityAddressbook b JOIN EntityAddress a ON a.nkey = b.addressbookaddress WHERE b.entity IN (101, 7101) ORDER BY 1',
      ),
    ).toEqual([
      [101, 'HQ', 'Boston'],
      [7101, 'Works', 'Lyon'],
    ]);
  });

  it('item shows its subsidiaries as a multiple select does', () => {
    expect(rows('SELECT subsidiary FROM item WHERE id = 7102')).toEqual([['1, 2']]);
  });
});
