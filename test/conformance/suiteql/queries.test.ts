import { type Param } from '../../../emulator/suiteql/engine';
import { rows, names, refusal } from './queried-account';

describe('tables and columns', () => {
  it('shows customers, prospects and leads as customer, with their stage', () => {
    expect(rows('SELECT id, searchstage FROM customer ORDER BY id')).toEqual([
      [101, 'Customer'],
      [102, 'Customer'],
      [103, 'Lead'],
    ]);
  });

  it('shows every entity by kind, and what a key reads as (BUILTIN.DF)', () => {
    expect(
      rows("SELECT id, type, BUILTIN.DF(id) FROM entity WHERE type IN ('Contact', 'Employee') ORDER BY id"),
    ).toEqual([
      [7, 'Employee', 'Sam Seller'],
      [104, 'Contact', 'Ann Lee'],
    ]);
  });

  it('names transactions by type code, takes a status with and without its type, and reads status and type as people do', () => {
    expect(
      rows(
        "SELECT tranid, type, status, BUILTIN.CF(status), BUILTIN.DF(status), BUILTIN.DF(type) FROM transaction WHERE status = 'SalesOrd:B'",
      ),
    ).toEqual([['SO501', 'SalesOrd', 'B', 'SalesOrd:B', 'Sales Order : Pending Fulfillment', 'Sales Order']]);
    expect(rows("SELECT id FROM transaction WHERE status IN ('B', 'G') AND type = 'SalesOrd' ORDER BY id")).toEqual([
      [501],
      [502],
    ]);
    expect(rows("SELECT id FROM transaction WHERE type = 'NoSuch'")).toEqual([]);
  });

  it('gives lines the sign of the ledger: sales lines negative, their main line positive', () => {
    expect(
      rows(
        'SELECT id, mainline, item, quantity, rate, foreignamount FROM transactionline WHERE transaction = 501 ORDER BY linesequencenumber',
      ),
    ).toEqual([
      [0, 'T', null, null, null, 130],
      [1, 'F', 11, -3, 10, -30],
      [3, 'F', 12, -1, 100, -100],
    ]);
  });

  it('reads custom records, their lists, and multiple selects by text and as MAP_ table', () => {
    expect(
      rows(
        'SELECT name, custrecord_customer, custrecord_score, custrecord_done, custrecord_tags, BUILTIN.DF(custrecord_tags) FROM customrecord_visit WHERE id = 1',
      ),
    ).toEqual([['one', 101, 0.1, 'T', '1, 2', 'Red, Blue']]);
    expect(rows('SELECT name FROM customlist_tags ORDER BY id')).toEqual([['Red'], ['Blue']]);
    expect(rows('SELECT mapone, maptwo FROM map_customrecord_visit_custrecord_tags ORDER BY maptwo')).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('joins an address book to its addresses', () => {
    expect(
      rows(
        'SELECT b.label, a.addr1, a.city, a.state, a.country, BUILTIN.DF(a.country) FROM customeraddressbook b JOIN customeraddressbookentityaddress a ON a.nkey = b.addressbookaddress WHERE b.entity = ?',
        [101],
      ),
    ).toEqual([['HQ', '1 Main St', 'Boston', 'MA', 'US', 'United States']]);
  });

  it('names the record that a line is of by BUILTIN.DF', () => {
    expect(rows('SELECT BUILTIN.DF(entity) FROM customeraddressbook')).toEqual([['Acme']]);
    expect(rows('SELECT BUILTIN.DF(recordowner) FROM entityaddress')).toEqual([['Acme']]);
    expect(
      rows('SELECT DISTINCT BUILTIN.DF(transaction) FROM transactionaccountingline WHERE transaction = 601'),
    ).toEqual([['Invoice #INV601']]);
  });

  it('names result columns in lower case, unnamed ones expr1, expr2', () => {
    expect(names('SELECT ID, EntityID AS "Name", 1 + 1, id FROM customer')).toEqual(['id', 'name', 'expr1', 'id_0']);
  });

  it('takes check boxes that were never stored as F', () => {
    expect(rows("SELECT id FROM customrecord_visit WHERE custrecord_done = 'F' ORDER BY id")).toEqual([[2], [3]]);
    expect(rows("SELECT id FROM customrecord_visit WHERE NOT custrecord_done = 'F'")).toEqual([[1]]);
    expect(rows("SELECT id FROM customrecord_visit WHERE NOT custrecord_done = 'T' ORDER BY id")).toEqual([[2], [3]]);
    expect(rows("SELECT id FROM customrecord_visit WHERE NOT (custrecord_done IN ('T', 'x')) ORDER BY id")).toEqual([
      [2],
      [3],
    ]);
    expect(rows("SELECT id FROM customrecord_visit WHERE custrecord_done > 'F'")).toEqual([[1]]);
  });
});

describe('conditions', () => {
  it.each<[string, Param[], number[]]>([
    ['externalid IN (?, ?)', ['ACME-1', 'BETA-1'], [101, 102]],
    ["externalid = 'acme-1'", [], []],
    ['id IN (?, ?)', ['101', 103], [101, 103]],
    ["companyname LIKE '%M_H'", [], []],
    ["companyname LIKE '%mb_'", [], [102]],
    ["companyname LIKE 'Beta Gmb_'", [], [102]],
    ["LOWER(companyname) LIKE 'a%' OR id = 103", [], [101, 103]],
    ['creditlimit BETWEEN 10 AND 30', [], [102]],
    ["creditlimit > '20'", [], [101]],
    ['salesrep IS NULL', [], [102, 103]],
    ['salesrep = ?', ['7'], [101]],
    ['salesrep <> 8', [], [101]],
    ['NOT (salesrep = 7)', [], []],
    ["entityid <> ''", [], []],
    ["isinactive = 'T'", [], [102]],
    [
      "lastmodifieddate >= TO_DATE('2026-11-19', 'YYYY-MM-DD') AND lastmodifieddate < TO_DATE('2026-11-20', 'YYYY-MM-DD')",
      [],
      [101],
    ],
    ["TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') = '2026-11-21 09:00:00'", [], [102]],
    ["lastmodifieddate > '11/20/2026'", [], [102]],
    ['EXISTS (SELECT 1 FROM contact WHERE contact.company = customer.id)', [], [101]],
    ['id IN (SELECT entity FROM transaction)', [], [101, 102]],
    ['id NOT IN (SELECT entity FROM transaction)', [], [103]],
    ['(id, entityid) IN ((101, ?), (102, ?))', ['Acme', 'x'], [101]],
    ['creditlimit = (SELECT MAX(creditlimit) FROM customer)', [], [101]],
  ])('%s', (where, params, ids) => {
    expect(rows(`SELECT id FROM customer WHERE ${where} ORDER BY id`, params).flat()).toEqual(ids);
  });

  it('reads a text as a number where a list has numbers, as = does', () => {
    expect(
      rows("SELECT id FROM customer WHERE REPLACE(externalid, 'ACME-', '007') IN (71, 72) AND id = 101").flat(),
    ).toEqual([101]);
    expect(refusal('SELECT id FROM transaction WHERE tranid IN (?, ?)', [501, 502])).toMatch(
      /ORA-01722: invalid number SO501/,
    );
    expect(rows("SELECT id FROM transaction WHERE tranid IN ('SO501', NULL)").flat()).toEqual([501]);
  });

  it('keeps more than 1,000 members of an IN list out (article_0824094533)', () => {
    const list = Array.from({ length: 1001 }, (_, i) => i);
    expect(refusal(`SELECT id FROM customer WHERE id IN (${list.join(', ')})`)).toMatch(/at most 1000/);
    expect(rows(`SELECT id FROM customer WHERE id IN (${list.slice(1).join(', ')}) ORDER BY id`).flat()).toEqual([
      101, 102, 103,
    ]);
  });
});

describe('joins, groups, order and limits', () => {
  it('joins inner, left, right, full and by Oracle (+)', () => {
    const left = [
      ['Acme', 'ann@acme.example'],
      ['Beta', null],
      ['Gamma', null],
    ];
    expect(
      rows('SELECT c.entityid, k.email FROM customer c LEFT JOIN contact k ON k.company = c.id ORDER BY 1'),
    ).toEqual(left);
    const dated = "t.trandate (+) > TO_DATE('2026-11-03', 'YYYY-MM-DD') AND t.id (+) > -1";
    expect(
      rows(`SELECT c.id, t.id FROM customer c, transaction t WHERE c.id = t.entity (+) AND ${dated} ORDER BY 1`),
    ).toEqual([
      [101, 501],
      [102, null],
      [103, null],
    ]);
    expect(rows('SELECT c.entityid, k.email FROM customer c, contact k WHERE c.id = k.company (+) ORDER BY 1')).toEqual(
      left,
    );
    expect(
      rows('SELECT c.entityid, k.email FROM contact k RIGHT OUTER JOIN customer c ON k.company = c.id ORDER BY 1'),
    ).toEqual(left);
    expect(rows('SELECT c.entityid FROM customer c FULL JOIN contact k ON k.company = c.id ORDER BY 1').flat()).toEqual(
      ['Acme', 'Beta', 'Gamma'],
    );
    expect(
      rows(
        'SELECT t.tranid, i.itemid FROM transaction t, transactionline tl, item i WHERE tl.transaction = t.id AND tl.item = i.id AND t.id = 501 ORDER BY i.itemid',
      ),
    ).toEqual([
      ['SO501', 'SETUP'],
      ['SO501', 'WIDGET'],
    ]);
  });

  it('groups, filters groups, and refuses what is not grouped (ORA-00979)', () => {
    expect(
      rows(
        "SELECT custrecord_customer, COUNT(*), SUM(custrecord_score), LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name DESC) FROM customrecord_visit GROUP BY custrecord_customer HAVING COUNT(*) > 1",
      ),
    ).toEqual([[101, 2, 0.3, 'two, one']]);
    expect(
      rows(
        'SELECT COUNT(DISTINCT custrecord_customer), COUNT(custrecord_score), MAX(name), AVG(custrecord_score) FROM customrecord_visit',
      ),
    ).toEqual([[2, 2, 'two', 0.15]]);
    expect(refusal('SELECT name, COUNT(*) FROM customrecord_visit GROUP BY custrecord_customer')).toMatch(/ORA-00979/);
    expect(refusal('SELECT entityid FROM customer HAVING COUNT(*) > 1')).toMatch(/ORA-00979/);
  });

  it('sorts NULL last upwards and first downwards unless told otherwise', () => {
    expect(rows('SELECT creditlimit FROM customer ORDER BY creditlimit').flat()).toEqual([20, 1000.5, null]);
    expect(rows('SELECT creditlimit FROM customer ORDER BY creditlimit DESC').flat()).toEqual([null, 1000.5, 20]);
    expect(rows('SELECT creditlimit FROM customer ORDER BY creditlimit DESC NULLS LAST').flat()).toEqual([
      1000.5,
      20,
      null,
    ]);
  });

  it('sorts by what is computed from a name of the SELECT list, where no record has the name', () => {
    expect(rows('SELECT entityid AS n FROM customer ORDER BY LENGTH(n) DESC, LOWER(n) DESC').flat()).toEqual([
      'Gamma',
      'Beta',
      'Acme',
    ]);
    const sums = 'SELECT entity, SUM(foreigntotal) AS s FROM transaction GROUP BY entity ORDER BY';
    expect(rows(`${sums} -s`)).toEqual(rows(`${sums} 2 DESC`));
    expect(rows(`${sums} (SELECT s FROM (SELECT 1 AS s FROM dual)), entity`).flat()[0]).toBe(101);
    // `id` is a field of the record.
    expect(rows('SELECT -id AS id FROM customer ORDER BY id * 1').flat()).toEqual([-101, -102, -103]);
    expect(refusal('SELECT DISTINCT entityid AS n FROM customer ORDER BY LOWER(n)')).toMatch(/ORA-01791/);
  });

  it('limits by ROWNUM before the sort, by FETCH and TOP after it', () => {
    expect(rows('SELECT id FROM customer WHERE ROWNUM <= 2 ORDER BY id DESC').flat()).toEqual([102, 101]);
    expect(rows('SELECT id FROM customer ORDER BY id DESC FETCH FIRST 2 ROWS ONLY').flat()).toEqual([103, 102]);
    expect(rows('SELECT id FROM customer ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY').flat()).toEqual([102]);
    expect(rows('SELECT TOP 1 id FROM customer ORDER BY id DESC').flat()).toEqual([103]);
    expect(
      rows(
        'SELECT * FROM (SELECT ROWNUM AS rn, q.* FROM (SELECT id FROM customer ORDER BY id DESC) q) WHERE rn BETWEEN 2 AND 3',
      ),
    ).toEqual([
      [2, 102],
      [3, 101],
    ]);
    expect(refusal('SELECT id FROM customer WHERE ROWNUM > 1')).toMatch(/ROWNUM/);
    expect(refusal('SELECT id FROM customer LIMIT 5')).toMatch(/LIMIT/);
  });

  it('combines queries', () => {
    expect(
      rows(
        'SELECT id FROM customer WHERE id < 103 UNION SELECT id FROM contact UNION SELECT 101 FROM dual ORDER BY id DESC',
      ).flat(),
    ).toEqual([104, 102, 101]);
    expect(rows('SELECT entity FROM transaction UNION ALL SELECT entity FROM transaction').length).toBe(6);
    expect(rows('SELECT id FROM customer MINUS SELECT entity FROM transaction').flat()).toEqual([103]);
    expect(rows('SELECT id FROM customer INTERSECT SELECT entity FROM transaction ORDER BY 1').flat()).toEqual([
      101, 102,
    ]);
    expect(
      rows(
        'WITH big AS (SELECT id, entityid FROM customer WHERE creditlimit > 100) SELECT b.entityid FROM big b',
      ).flat(),
    ).toEqual(['Acme']);
    expect(rows('SELECT DISTINCT type FROM transaction ORDER BY type').flat()).toEqual(['CustInvc', 'SalesOrd']);
    expect(refusal('SELECT id, entityid FROM customer UNION SELECT id FROM contact')).toMatch(/ORA-01789/);
  });

  it('says of lines whether they were made from a transaction, and NULL of those made from none', () => {
    const lines = (where: string) =>
      rows(`SELECT transaction, id FROM transactionline WHERE ${where} ORDER BY transaction, id`);
    for (const also of ['', " AND mainline = 'F'"]) {
      const made =
        also === ''
          ? [
              [601, 0],
              [601, 1],
            ]
          : [[601, 1]];
      expect(lines(`createdfrom = 502${also}`)).toEqual(made);
      expect(lines(`createdfrom IN (501, 502)${also}`)).toEqual(made);
      expect(lines(`NOT (createdfrom = 501)${also}`)).toEqual(made);
      expect(lines(`createdfrom IS NULL AND transaction > 501${also}`)).toEqual(made.map(([, id]) => [502, id]));
    }
    expect(
      rows(
        "SELECT t.id FROM transaction t WHERE t.type = 'SalesOrd' AND NOT EXISTS (SELECT 1 FROM transactionline l WHERE l.createdfrom = t.id AND l.mainline = 'F')",
      ),
    ).toEqual([[501]]);
    expect(
      rows(
        "SELECT t.id, l.transaction FROM transaction t LEFT JOIN transactionline l ON l.createdfrom = t.id AND l.mainline = 'T' WHERE t.type = 'SalesOrd' ORDER BY t.id",
      ),
    ).toEqual([
      [501, null],
      [502, 601],
    ]);
  });

  it('numbers rows by window', () => {
    expect(
      rows(
        'SELECT tranid, ROW_NUMBER() OVER (PARTITION BY entity ORDER BY trandate DESC) rn FROM transaction ORDER BY tranid',
      ),
    ).toEqual([
      ['INV601', 1],
      ['SO501', 1],
      ['SO502', 2],
    ]);
  });
});
