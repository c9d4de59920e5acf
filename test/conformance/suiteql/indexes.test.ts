import { suiteQl } from '../../../emulator/suiteql/engine';
import { createTestAccount, execution, seedTrade } from './account';

const account = createTestAccount();
seedTrade(account);

/** Steps that read a whole table or type of records; `k`, `m`, `json_each` are constants of the statement. */
const whole = (sql: string, params: (string | number)[]): string[] =>
  suiteQl(account)
    .explain(execution, sql, params)
    .filter(
      (step) =>
        /^SCAN (?!k\b|json_each|m\b|CONSTANT)/.test(step) ||
        /\((type=\?|grp=\?)\)$/.test(step) ||
        /MATERIALIZE/.test(step),
    );

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
const ids = Array.from({ length: 1000 }, (_, i) => `KEY-${i}`);

describe('selective SuiteQL is served by indexes, so that 100,000 records cost no more than ten', () => {
  it.each<[string, string, (string | number)[]]>([
    ['an external id', 'SELECT id FROM customer WHERE externalid = ?', ['ACME-1']],
    ['1,000 external ids', `SELECT id, email FROM customer WHERE externalid IN (${marks(1000)})`, ids],
    ['1,000 external ids of transactions', `SELECT id FROM transaction WHERE externalid IN (${marks(1000)})`, ids],
    ['an internal id', 'SELECT id FROM customer WHERE id = ?', [101]],
    ['an e-mail', 'SELECT id FROM customer WHERE email = ?', ['info@acme.example']],
    ['a name without regard to case', `SELECT id FROM customer WHERE LOWER(companyname) IN (${marks(2)})`, ['a', 'b']],
    [
      'the domain of an e-mail',
      `SELECT id FROM customer WHERE LOWER(SUBSTR(email, INSTR(email, '@') + 1)) = ?`,
      ['acme.example'],
    ],
    [
      'the domain of an address',
      `SELECT id FROM customer WHERE REGEXP_REPLACE(LOWER(url), '^([a-z]+://)?(www[.])?([^/?#:]+).*$', '\\3') IN (${marks(40)})`,
      ids.slice(0, 40),
    ],
    ['a custom field', 'SELECT id FROM customer WHERE custentity_tier = ?', ['gold']],
    ['a reference', 'SELECT id FROM transaction WHERE entity = ?', [101]],
    ['a date-time', "SELECT id FROM customer WHERE lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD')", ['2026-11-20']],
    [
      'lines of given transactions',
      "SELECT id FROM transactionline WHERE transaction IN (?, ?) AND mainline = 'F'",
      [501, 502],
    ],
    [
      'main lines and lines of given transactions',
      'SELECT id FROM transactionline WHERE transaction IN (?, ?)',
      [501, 502],
    ],
    [
      'a join from a transaction to its lines',
      'SELECT tl.item FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.externalid = ?',
      ['SO-A'],
    ],
    [
      'a join from a transaction to its customer',
      'SELECT c.entityid FROM transaction t JOIN customer c ON c.id = t.entity WHERE t.tranid = ?',
      ['SO501'],
    ],
    [
      'a join from a customer to its transactions',
      'SELECT t.id FROM customer c JOIN transaction t ON t.entity = c.id WHERE c.externalid = ?',
      ['ACME-1'],
    ],
    ['what was made from a transaction', 'SELECT id FROM transactionline WHERE createdfrom = ?', [502]],
    [
      'lines of what was made from transactions',
      "SELECT id FROM transactionline WHERE createdfrom IN (?, ?) AND mainline = 'F'",
      [501, 502],
    ],
    [
      'whether something was made from a transaction',
      'SELECT t.id FROM transaction t WHERE t.id IN (?, ?) AND NOT EXISTS (SELECT 1 FROM transactionline l WHERE l.createdfrom = t.id)',
      [501, 502],
    ],
    [
      'whether lines were made from a transaction',
      "SELECT t.id FROM transaction t WHERE t.id IN (?, ?) AND NOT EXISTS (SELECT 1 FROM transactionline l WHERE l.createdfrom = t.id AND l.mainline = 'F')",
      [501, 502],
    ],
    ['links by what went before', 'SELECT nextdoc FROM PreviousTransactionLineLink WHERE previousdoc = ?', [502]],
    ['links by what came after', 'SELECT previousdoc FROM NextTransactionLineLink WHERE nextdoc = ?', [601]],
    [
      'whether a transaction has a link',
      'SELECT t.id FROM transaction t WHERE t.id IN (?, ?) AND EXISTS (SELECT 1 FROM NextTransactionLineLink k WHERE k.previousdoc = t.id)',
      [501, 502],
    ],
  ])('%s', (_name, sql, params) => {
    expect(whole(sql, params)).toEqual([]);
  });

  it('a query whose computed text fails for some record leaves every save alone', () => {
    const query = (sql: string) => () => suiteQl(account).run(execution, sql, [], 10);
    expect(query("SELECT id FROM vendor WHERE REGEXP_REPLACE(LOWER(email), '[') = 'x'")).not.toThrow();
    const vendor = { id: null, externalId: null, version: 0, sublists: {}, subrecords: {} };
    const put = (email: unknown) => () =>
      account.store.put({ ...vendor, type: 'vendor', fields: { email } } as Parameters<typeof account.store.put>[0]);
    expect(put('info@acme.example')).not.toThrow();
    expect(query("SELECT id FROM vendor WHERE REGEXP_REPLACE(LOWER(email), '[') = 'x'")).toThrow('ORA-12726');
    expect(query("SELECT id FROM vendor WHERE LOWER(SUBSTR(email, 1, 2)) = 'in'")()).toMatchObject({
      rows: [[expect.anything()]],
    });
    for (const email of [7, null, '', ['a'], true]) expect(put(email)).not.toThrow();
  });

  it.each(['Shipping', 'Billing'])(
    'many transactions find their %s addresses by an index that SQLite makes of all',
    (which) => {
      const sql = `SELECT t.tranid, a.city FROM transaction t LEFT JOIN transaction${which}Address a ON a.nkey = t.${which}address`;
      expect(suiteQl(account).explain(execution, sql, []).join()).toMatch(/SEARCH t2 USING AUTOMATIC .*\(nkey=\?/);
    },
  );

  it.each<[string, string, RegExp]>([
    [
      'address books',
      'SELECT a.city FROM customer c JOIN customeraddressbook b ON b.entity = c.id JOIN customeraddressbookentityaddress a ON a.nkey = b.addressbookaddress',
      /USING (COVERING )?INDEX record_computed_\w+ \(<expr>=\? AND type=\?/,
    ],
    [
      'default addresses',
      'SELECT a.city FROM customer c LEFT JOIN entityaddress a ON a.nkey = c.defaultbillingaddress',
      /SEARCH t2 USING INDEX record_computed_\w+ \(<expr>=\?/,
    ],
    [
      'companies of contacts',
      'SELECT r.company FROM contact c LEFT JOIN CompanyContactRelationship r ON r.contact = c.id',
      /SEARCH t2 USING AUTOMATIC .*\(contact=\?/,
    ],
    [
      'vendors of items',
      'SELECT v.vendor FROM item i LEFT JOIN itemVendor v ON v.item = i.id',
      /SEARCH t2 USING PRIMARY KEY \(type=\? AND id=\?/,
    ],
    [
      'records by what is computed of both',
      'SELECT k.id FROM customer c JOIN contact k ON LOWER(k.email) = LOWER(c.email)',
      /USING (COVERING )?INDEX record_computed_\w+ \(type=\? AND <expr>=\?/,
    ],
  ])('joins find %s by an index, one by one', (_what, sql, step) => {
    expect(suiteQl(account).explain(execution, sql, []).join('\n')).toMatch(step);
  });

  it('would notice a scan', () => {
    expect(whole("SELECT id FROM customer WHERE email LIKE '%x'", [])).not.toEqual([]);
  });
});
