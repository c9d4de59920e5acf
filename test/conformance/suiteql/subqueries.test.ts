import { rows, refusal } from './queried-account';

describe('a subquery where one value stands', () => {
  it.each([
    'SELECT id, (SELECT k.id FROM customer k) FROM transaction',
    'SELECT id FROM customer WHERE id = (SELECT entity FROM transaction)',
    'SELECT id, (SELECT tl.item FROM transactionline tl WHERE tl.transaction = t.id) FROM transaction t',
  ])('is refused when it has several rows, not cut to the first: %s', (sql) =>
    expect(refusal(sql)).toContain('ORA-01427'),
  );

  it('answers its row, NULL without one, and the first where the query says so', () => {
    expect(
      rows(
        `SELECT t.id, (SELECT c.entityid FROM customer c WHERE c.id = t.entity), (SELECT c.id FROM customer c WHERE c.id = -t.entity),
          (SELECT MAX(k.id) FROM customer k), (SELECT k.id FROM customer k ORDER BY k.id DESC FETCH FIRST 1 ROWS ONLY)
        FROM transaction t WHERE t.id < 600 ORDER BY 1`,
      ),
    ).toEqual([
      [501, 'Acme', null, 103, 103],
      [502, 'Beta', null, 103, 103],
    ]);
    expect(rows('SELECT id FROM customer WHERE id = (SELECT MIN(entity) FROM transaction)')).toEqual([[101]]);
  });
});

describe('names inside a subquery', () => {
  it('mean the record of the outer query where the inner one has given its own another name', () => {
    expect(
      rows(
        'SELECT id FROM transaction WHERE EXISTS (SELECT 1 FROM transaction t2 WHERE t2.id = 501 AND t2.id = transaction.id)',
      ),
    ).toEqual([[501]]);
    expect(
      rows(
        'SELECT id FROM customer WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.id < customer.id) OR id = 103 ORDER BY 1',
      ).flat(),
    ).toEqual([101, 103]);
  });

  it('are one value to its groups where they are of the outer query', () => {
    expect(
      rows(
        `SELECT t.id FROM transaction t WHERE EXISTS (SELECT 1 FROM transactionline l WHERE l.transaction = t.id AND l.mainline = 'F'
          GROUP BY l.transaction HAVING SUM(-l.foreignamount) = t.foreigntotal AND COUNT(*) = 2)`,
      ),
    ).toEqual([[501]]);
  });

  it('are refused in the list of a grouped query where they are not grouped (ORA-00979)', () => {
    const name = '(SELECT c.entityid FROM customer c WHERE c.id = t.entity)';
    expect(refusal(`SELECT t.type, ${name}, COUNT(*) FROM transaction t GROUP BY t.type`)).toContain('ORA-00979');
    expect(
      refusal('SELECT t.type FROM transaction t GROUP BY t.type HAVING t.type IN (SELECT t.tranid FROM dual)'),
    ).toContain('ORA-00979');
    expect(rows(`SELECT t.entity, ${name}, COUNT(*) FROM transaction t GROUP BY t.entity ORDER BY 1`)).toEqual([
      [101, 'Acme', 1],
      [102, 'Beta', 2],
    ]);
    expect(
      rows(
        'SELECT t.type, SUM(CASE WHEN EXISTS (SELECT 1 FROM customer c WHERE c.id = t.entity) THEN 1 ELSE 0 END) FROM transaction t GROUP BY t.type ORDER BY 1',
      ),
    ).toEqual([
      ['CustInvc', 1],
      ['SalesOrd', 2],
    ]);
  });
});

describe("a subquery's columns", () => {
  it('read as what they refer to (BUILTIN.DF), or say that they can not, and are never shown as their id', () => {
    expect(rows('SELECT BUILTIN.DF(s.entity) FROM (SELECT entity FROM transaction) s ORDER BY 1').flat()).toEqual([
      'Acme',
      'Beta',
      'Beta',
    ]);
    expect(
      rows("WITH s AS (SELECT entityid AS name FROM customer) SELECT BUILTIN.DF(name) FROM s WHERE name = 'Acme'"),
    ).toEqual([['Acme']]);
    for (const column of ['id', 'status', 'type'])
      expect(refusal(`SELECT BUILTIN.DF(s.${column}) FROM (SELECT id, status, type FROM transaction) s`)).toContain(
        `BUILTIN.DF(${column}) of a subquery's column`,
      );
    expect(rows('SELECT BUILTIN.DF((SELECT t.entity FROM transaction t WHERE t.id = 501)) FROM dual')).toEqual([
      ['Acme'],
    ]);
    for (const computed of ['NVL(salesrep, 7)', 'MAX(salesrep)', 'LAG(salesrep) OVER (ORDER BY id)'])
      expect(refusal(`SELECT BUILTIN.DF(${computed}) FROM customer`)).toContain('BUILTIN.DF of a computed reference');
    expect(
      refusal(
        'SELECT BUILTIN.DF(s.x) FROM (SELECT entity AS x FROM transaction UNION SELECT item FROM transactionline) s',
      ),
    ).toContain("of a subquery's column");
  });
});

describe('sets of rows', () => {
  it('must have the same types (ORA-01790)', () => {
    for (const [left, right] of [
      ['trandate', 'tranid'],
      ['tranid', 'id'],
      ['id', 'trandate'],
    ])
      expect(refusal(`SELECT ${left} FROM transaction UNION SELECT ${right} FROM transaction`)).toContain('ORA-01790');
    expect(rows('SELECT trandate FROM transaction WHERE id = 501 UNION ALL SELECT NULL FROM dual')).toEqual([
      ['11/5/2026'],
      [null],
    ]);
  });
});

const amounts = (...values: string[]): string =>
  `(SELECT ${values.map((value, i) => `${i} AS n, ${value} AS a FROM dual`).join(' UNION ALL SELECT ')})`;

describe('aggregates', () => {
  it('add amounts up as decimal numbers: what cancels out is zero', () => {
    for (const values of [
      ['0.1', '0.2', '-0.3'],
      ['1000.10', '200.20', '-1200.30'],
      ['1000000000.10', '-1000000000.00', '-0.10'],
    ]) {
      expect(rows(`SELECT SUM(a), AVG(a) FROM ${amounts(...values)}`)).toEqual([[0, 0]]);
      expect(rows(`SELECT SUM(a) FROM ${amounts(...values)} HAVING SUM(a) <> 0`)).toEqual([]);
    }
    expect(
      rows(
        `SELECT n, SUM(a) OVER (ORDER BY n ROWS 1 PRECEDING) FROM ${amounts('0.1', '0.2', '0.7', '-0.7')} ORDER BY n`,
      ),
    ).toEqual([
      [0, 0.1],
      [1, 0.3],
      [2, 0.9],
      [3, 0],
    ]);
    expect(rows(`SELECT SUM(DISTINCT a), SUM(NULL), AVG(NULL) FROM ${amounts('0.1', '0.1', '0.2')}`)).toEqual([
      [0.3, null, null],
    ]);
  });

  it.each([
    ['SELECT COUNT(id, type) FROM transaction', 'ORA-00909'],
    ['SELECT SUM(id, 5) FROM transaction', 'ORA-00909'],
    ['SELECT id FROM transaction WHERE COUNT(*) > 1', 'ORA-00934'],
    ['SELECT MAX(COUNT(*)) FROM transaction GROUP BY type', 'an aggregate within MAX'],
    ['SELECT COUNT(DISTINCT type) OVER () FROM transaction', 'COUNT with DISTINCT … OVER'],
    ['SELECT MAX(ROWNUM) FROM transaction', 'Invalid or unsupported search'],
    ["SELECT LISTAGG(RPAD('x', 1400)) FROM customer", 'ORA-01489'],
    ["SELECT LISTAGG(DISTINCT RPAD('x', 1400) || id) FROM customer", 'ORA-01489'],
    ['SELECT TOP 2 id FROM customer FETCH FIRST 1 ROWS ONLY', 'TOP beside OFFSET or FETCH'],
    ['SELECT id FROM customer /* WHERE id = 5', 'missing */'],
    [
      "SELECT LISTAGG(DISTINCT entityid, ',') WITHIN GROUP (ORDER BY id) FROM customer",
      'in the order of another value',
    ],
  ])('refuse what has no answer here: %s', (sql, message) => expect(refusal(sql)).toContain(message));

  it('list each value once in the order asked for, numbers as numbers', () => {
    expect(
      rows(
        "SELECT LISTAGG(DISTINCT n, ',') WITHIN GROUP (ORDER BY n), LISTAGG(DISTINCT n, ',') WITHIN GROUP (ORDER BY n DESC) FROM (SELECT 9 AS n FROM dual UNION ALL SELECT 10 FROM dual UNION ALL SELECT 9 FROM dual)",
      ),
    ).toEqual([['9,10', '10,9']]);
  });

  it('count groups with COUNT(*) OVER (), and deviate within a window', () => {
    expect(rows('SELECT type, COUNT(*) OVER () FROM transaction GROUP BY type ORDER BY 1')).toEqual([
      ['CustInvc', 2],
      ['SalesOrd', 2],
    ]);
    expect(rows('SELECT id, VARIANCE(id) OVER (PARTITION BY type) FROM transaction ORDER BY id')).toEqual([
      [501, 0.5],
      [502, 0.5],
      [601, 0],
    ]);
  });

  it('leave rows alone where a function of several values has one', () => {
    expect(rows('SELECT GREATEST(id), LEAST(id) FROM customer WHERE id < 103 ORDER BY 1')).toEqual([
      [101, 101],
      [102, 102],
    ]);
  });
});

describe('ids and limits', () => {
  it('read an id as a number however it is written', () => {
    expect(rows("SELECT id FROM transaction WHERE entity = '0101'")).toEqual([[501]]);
    expect(rows('SELECT id FROM transaction WHERE entity = ?', [' 101 '])).toEqual([[501]]);
    expect(rows("SELECT id FROM transaction WHERE entity IN ('0101', '7')")).toEqual([[501]]);
    expect(
      rows('SELECT id FROM customer WHERE TO_CHAR(id) IN (SELECT entity FROM transaction) ORDER BY 1').flat(),
    ).toEqual([101, 102]);
    expect(rows('SELECT 1 FROM dual WHERE ? IN (SELECT entity FROM transaction)', ['101'])).toEqual([[1]]);
    expect(rows('SELECT 1 FROM dual WHERE ? NOT IN (SELECT entity FROM transaction)', ['101'])).toEqual([]);
    for (const computed of ['100 + 1', 'ROUND(101.2)', '202 / 2', "TO_NUMBER('101')", '(SELECT 50 + 51 FROM dual)'])
      expect(rows(`SELECT id FROM transaction WHERE entity = ${computed}`)).toEqual([[501]]);
    expect(
      rows('SELECT t.id FROM transaction t JOIN customer c ON t.entity = c.id + 1 WHERE c.id = 100 + 1 ORDER BY 1'),
    ).toEqual([[502], [601]]);
  });

  it('take no rows for a limit of NULL, and a number that is no position in ORDER BY', () => {
    expect(rows('SELECT id FROM customer WHERE ROWNUM <= ?', [null])).toEqual([]);
    expect(rows('SELECT id FROM customer FETCH FIRST NULL ROWS ONLY')).toEqual([]);
    expect(rows('SELECT id FROM customer ORDER BY -1, id').flat()).toEqual([101, 102, 103]);
  });
});

describe('rows that an outer join does not find', () => {
  it('have no check boxes and nothing that is computed: all is NULL', () => {
    expect(
      rows(
        'SELECT c.id, k.isinactive FROM customer c LEFT JOIN contact k ON k.company = c.id WHERE c.id < 103 ORDER BY 1',
      ),
    ).toEqual([
      [101, 'F'],
      [102, null],
    ]);
    expect(rows("SELECT c.id FROM customer c, contact k WHERE c.id = k.company (+) AND k.isinactive = 'F'")).toEqual([
      [101],
    ]);
    expect(
      rows(
        "SELECT c.id FROM contact k RIGHT JOIN customer c ON k.company = c.id WHERE NVL(k.isinactive, 'none') = 'none' ORDER BY 1",
      ).flat(),
    ).toEqual([102, 103]);
    expect(
      rows(
        `SELECT l.mainline, l.taxline, l.quantity, t.posting, t.void, t.customtype, t.type, a.accountsearchdisplayname, BUILTIN.DF(a.id)
        FROM dual LEFT JOIN transactionline l ON l.transaction = -1 LEFT JOIN transaction t ON t.id = -1 LEFT JOIN account a ON a.id = -1`,
      ),
    ).toEqual([Array.from({ length: 9 }, () => null)]);
  });

  it('leave those alone that it finds, also where ON asks for a check box', () =>
    expect(
      rows(
        "SELECT t.id, l.mainline, l.item FROM transaction t LEFT JOIN transactionline l ON l.transaction = t.id AND l.mainline = 'F' WHERE t.id = 502",
      ),
    ).toEqual([[502, 'F', 11]]));
});
