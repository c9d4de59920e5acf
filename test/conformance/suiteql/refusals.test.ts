import { seed } from './account';
import { account, rows, refusal } from './queried-account';

describe('refusals name what is wrong', () => {
  it.each([
    ['SELECT id FROM nosuch', "Search error occurred: Record 'nosuch' was not found."],
    ['SELECT nosuch FROM customer', "Search error occurred: Field 'nosuch' for record 'customer' was not found."],
    [
      'SELECT t.subsidiary FROM transaction t',
      "Search error occurred: Field 'subsidiary' for record 'transaction' was not found. Reason: NOT_EXPOSED",
    ],
    [
      'SELECT tl.amout FROM transactionline tl',
      "Search error occurred: Field 'amout' for record 'transactionLine' was not found.",
    ],
    ['SELECT x.id FROM customer c', "Unknown identifier 'x.id'"],
    ['SELECT id FROM customer c, contact k', 'ambiguous'],
    ['SELECT id FROM customer WHERE isinactive', 'ORA-00920'],
    ['UPDATE customer SET x = 1', 'only SELECT'],
    ['SELECT id FROM customer; SELECT 1 FROM dual', 'unexpected text'],
    ['SELECT id FROM customer WHERE id = ?', '1 parameters'],
    ['SELECT id FROM systemnote', 'keeps no system notes'],
  ])('%s', (sql, message) => {
    expect(refusal(sql)).toContain(message);
  });

  it('what is nested too deep for this account', () => {
    expect(refusal(`SELECT ${'('.repeat(5000)}1${')'.repeat(5000)} FROM dual`)).toContain('nested this deep');
    expect(refusal(`SELECT ${'1 + '.repeat(1500)}1 FROM dual`)).toMatch(/^SSS_SEARCH_ERROR_OCCURRED.*(depth|limit)/i);
  });

  it('hides records the role may not view, and rows of transaction types it may not', () => {
    account.denied.add('contact').add('invoice');
    expect(refusal('SELECT id FROM contact')).toBe(
      "SSS_SEARCH_ERROR_OCCURRED: Search error occurred: Record 'contact' was not found.",
    );
    expect(rows('SELECT id FROM transaction ORDER BY id').flat()).toEqual([501, 502]);
    account.denied.clear();
    expect(rows('SELECT id FROM transaction ORDER BY id').flat()).toEqual([501, 502, 601]);
  });

  it('reads undeclared custom fields only where the setting accepts them', () => {
    seed(account, {
      type: 'vendor',
      id: '900',
      fields: { entityid: 'V', custentity_flag: true, custentity_note: 'hi' },
    });
    expect(refusal('SELECT custentity_flag FROM vendor')).toMatch(/custentity_flag/);
    account.settings.unknownCustomFields = 'accept';
    expect(
      rows("SELECT custentity_flag, custentity_note, custentity_none FROM vendor WHERE custentity_note = 'hi'"),
    ).toEqual([['T', 'hi', null]]);
    account.settings.unknownCustomFields = 'reject';
  });

  test('an undeclared one belongs to the record that has it, without an alias, and standard names stay unknown', () => {
    account.settings.unknownCustomFields = 'accept';
    account.registry.addField(['vendor'], {
      id: 'custentity_note',
      label: 'Note',
      type: 'text',
      custom: true,
      inlineEditable: true,
    });
    const told = "SELECT v.id FROM vendor v JOIN currency c ON c.id = 1 WHERE custentity_note = 'hi'";
    expect(rows(told)).toEqual([[900]]);
    expect(rows('SELECT v.id FROM vendor v JOIN currency c ON c.id = 1 WHERE custentity_never IS NULL')).toEqual([
      [900],
    ]);
    const within =
      "SELECT v.id FROM vendor v WHERE EXISTS (SELECT 1 FROM currency c WHERE c.id = 1 AND custentity_note = 'hi')";
    expect(rows(within)).toEqual([[900]]);
    expect(refusal('SELECT customer FROM vendor')).toMatch(/'customer'/);
    account.settings.unknownCustomFields = 'reject';
  });
});

describe('which records belong to which subsidiary', () => {
  beforeAll(() =>
    seed(
      account,
      {
        type: 'customer',
        id: '7001',
        fields: { entityid: 'Two homes', subsidiary: '1' },
        sublists: { submachine: [{ fields: { subsidiary: '1' } }, { fields: { subsidiary: '2' } }] },
      },
      { type: 'noninventoryitem', id: '7002', fields: { itemid: 'Both', subsidiary: ['1', '2'] } },
      { type: 'location', id: '7003', fields: { name: 'Berlin', subsidiary: '3' } },
    ),
  );

  test('CustomerSubsidiaryRelationship tells the primary one', () =>
    expect(
      rows('SELECT subsidiary, isprimarysub FROM CustomerSubsidiaryRelationship WHERE entity = 7001 ORDER BY 1'),
    ).toEqual([
      [1, 'T'],
      [2, 'F'],
    ]));

  test('ItemSubsidiaryMap and LocationSubsidiaryMap hold a row for each', () => {
    expect(
      rows(
        'SELECT i.itemid, m.subsidiary FROM item i JOIN ItemSubsidiaryMap m ON m.item = i.id WHERE i.id = 7002 ORDER BY 2',
      ),
    ).toEqual([
      ['Both', 1],
      ['Both', 2],
    ]);
    expect(rows('SELECT location, subsidiary FROM LocationSubsidiaryMap WHERE location = 7003')).toEqual([[7003, 3]]);
  });
});
