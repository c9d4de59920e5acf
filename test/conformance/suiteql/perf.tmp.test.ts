import { createTestAccount, execution, seedTrade } from './account';
import { suiteQl } from '../../../emulator/suiteql/engine';
import { runSearch } from '../../../emulator/search/run-search';
import { parseFilters } from '../../../emulator/search/filter-expression';
test('perf', () => {
  const account = createTestAccount();
  seedTrade(account);
  const t0 = performance.now();
  account.store.transaction(() => {
    for (let i = 0; i < 100000; i++)
      account.store.put({
        type: 'customer',
        id: String(10000 + i),
        externalId: `SF_ACCT_${i}`,
        version: 0,
        fields: {
          entityid: `C${i}`,
          companyname: `Company ${i}`,
          email: `c${i}@x.example`,
          custentity_tier: `t${i}`,
          salesrep: String(i % 50),
          subsidiary: '1',
          lastmodifieddate: new Date(1.7e12 + i * 1000).toISOString(),
          phone: '123',
          comments: 'x'.repeat(100),
        },
        sublists: {},
        subrecords: {},
      } as never);
    for (let i = 0; i < 20000; i++)
      account.store.put({
        type: 'salesorder',
        id: String(200000 + i),
        externalId: `SO_${i}`,
        version: 0,
        fields: {
          tranid: `SO${i}`,
          entity: String(10000 + (i % 1000)),
          trandate: '2026-01-01',
          orderstatus: 'B',
          total: 10,
          subsidiary: '1',
          lastmodifieddate: new Date(1.7e12 + i * 1000).toISOString(),
        },
        sublists: {
          item: [1, 2, 3].map((n) => ({
            fields: { line: n, lineuniquekey: i * 10 + n, item: '11', quantity: n, rate: 1, amount: n },
          })),
        },
        subrecords: {},
      } as never);
  });
  console.log('seed', performance.now() - t0);
  const e = suiteQl(account);
  const ids = Array.from({ length: 1000 }, (_, i) => `SF_ACCT_${i * 97}`);
  const time = (name: string, f: () => number) => {
    const out: string[] = [];
    let n = 0;
    for (let k = 0; k < 3; k++) {
      const t = performance.now();
      n = f();
      out.push((performance.now() - t).toFixed(1));
    }
    console.log(name, n, out.join(' '));
  };
  const q = (name: string, sql: string, p: (string | number)[] = []) =>
    time(name, () => e.run(execution, sql, p, 5000).rows.length);
  const s = (name: string, type: string, f: unknown, c: string[]) =>
    time(
      'S ' + name,
      () =>
        runSearch(account, execution, { type, filters: parseFilters(f), columns: c.map((n) => ({ name: n })) }, 1000)
          .rows.length,
    );
  q(
    'in 1000 ext',
    `SELECT id, externalid, custentity_tier, TO_CHAR(lastmodifieddate,'YYYY-MM-DD') d FROM customer WHERE externalid IN (${ids.map(() => '?').join(',')})`,
    ids,
  );
  q('ext eq', 'SELECT id FROM customer WHERE externalid = ?', ['SF_ACCT_5']);
  q('email eq', 'SELECT id FROM customer WHERE email = ?', ['c500@x.example']);
  q('custom eq', 'SELECT id FROM customer WHERE custentity_tier = ?', ['t77']);
  q('id eq', 'SELECT id FROM customer WHERE id = ?', [20000]);
  q(
    'id in 1000',
    `SELECT id, email FROM customer WHERE id IN (${ids.map(() => '?').join(',')})`,
    ids.map((_, i) => 10000 + i * 97),
  );
  q('salesrep', 'SELECT id FROM customer WHERE salesrep = ?', [7]);
  q('lastmod', "SELECT id FROM customer WHERE lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS') ORDER BY id", [
    '2023-11-16 00:00:00',
  ]);
  q(
    'so ext in',
    `SELECT id, tranid, status FROM transaction WHERE externalid IN (${ids.map(() => '?').join(',')})`,
    ids.map((_, i) => `SO_${i * 20}`),
  );
  q(
    'lines of in',
    `SELECT transaction, item, quantity FROM transactionline WHERE transaction IN (${ids.map(() => '?').join(',')}) AND mainline = 'F'`,
    ids.map((_, i) => 200000 + i * 20),
  );
  q(
    'lines all of in',
    `SELECT transaction, item, quantity FROM transactionline WHERE transaction IN (${ids.map(() => '?').join(',')})`,
    ids.map((_, i) => 200000 + i * 20),
  );
  q(
    'join lines',
    'SELECT t.id, tl.item FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.externalid = ?',
    ['SO_77'],
  );
  q(
    'join lines F',
    "SELECT t.id, tl.item FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.externalid = ? AND tl.mainline = 'F'",
    ['SO_77'],
  );
  q('join cust', 'SELECT t.id, c.entityid FROM transaction t JOIN customer c ON t.entity = c.id WHERE t.tranid = ?', [
    'SO77',
  ]);
  q('orders of customer', 'SELECT t.id FROM customer c JOIN transaction t ON t.entity = c.id WHERE c.externalid = ?', [
    'SF_ACCT_7',
  ]);
  q('count', 'SELECT COUNT(*) FROM customer');
  q('like', "SELECT id FROM customer WHERE email LIKE 'c9999%'");
  q('top', 'SELECT id FROM customer ORDER BY id FETCH FIRST 100 ROWS ONLY');
  q('df', 'SELECT id, BUILTIN.DF(subsidiary) s FROM customer WHERE ROWNUM <= 1000');
  s('ext', 'customer', [['externalid', 'anyof', ...ids]], ['entityid', 'email']);
  s('email', 'customer', [['email', 'is', 'C500@x.example']], ['entityid', 'email']);
  s('custom', 'customer', [['custentity_tier', 'is', 't500']], ['entityid', 'email']);
  s('internalid', 'customer', [['internalid', 'anyof', '10005']], ['entityid', 'email']);
  s('so main', 'salesorder', [['mainline', 'is', 'T'], 'and', ['entity', 'anyof', '10007']], ['tranid', 'amount']);
  s('so all', 'salesorder', [['internalid', 'anyof', '200007']], ['tranid', 'amount', 'item']);
  s(
    'so lines',
    'salesorder',
    [['mainline', 'is', 'F'], 'and', ['internalid', 'anyof', '200007']],
    ['tranid', 'amount', 'item'],
  );
  s(
    'tran',
    'transaction',
    [['type', 'anyof', 'SalesOrd'], 'and', ['mainline', 'is', 'T'], 'and', ['tranid', 'is', 'SO55']],
    ['tranid', 'amount'],
  );
  s('lastmod', 'customer', [['lastmodifieddate', 'onorafter', '11/16/2023 1:00 am']], ['entityid']);
});
