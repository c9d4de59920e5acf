/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/query'], (record, query) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    so.setValue('memo', 'qlf');
    so.setSublistValue('item', 'item', 0, 804);
    so.setSublistValue('item', 'quantity', 0, 1);
    so.save();
    const q = (s, p) => query.runSuiteQL({ query: s, params: p || [] }).asMappedResults();
    const out = {};
    out.a = q(
      "SELECT BUILTIN.DF(t.entity) AS entity, COUNT(*) AS n FROM transaction t INNER JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'F' AND tl.taxline = 'F' WHERE t.type = 'SalesOrd' AND t.memo = ? GROUP BY BUILTIN.DF(t.entity)",
      ['qlf'],
    );
    out.cte = q('WITH x AS (SELECT id FROM customrecord_task) SELECT COUNT(*) AS c FROM x')[0].c;
    out.like = q("SELECT name FROM customrecord_task WHERE LOWER(name) LIKE 'tw%'").map((r) => r.name);
    const p = query.runSuiteQLPaged({ query: 'SELECT id, name FROM customrecord_task ORDER BY id', pageSize: 5 });
    out.paged = [p.fetch({ index: 0 }).data.results.length, p.pageSize];
    out.nul = q("SELECT NULLIF('a','a') AS z FROM dual")[0].z;
    out.dates = q("SELECT TO_CHAR(custrecord_t_due, 'YYYY-MM-DD') AS d FROM customrecord_task WHERE name = 'One'")[0].d;
    out.un = q(
      "SELECT id FROM customer WHERE entityid = 'Acme' UNION SELECT id FROM customer WHERE entityid IN ('Acme','Beta')",
    ).length;
    out.rank = q(
      'SELECT RANK() OVER (ORDER BY custrecord_t_hours DESC) AS r, name FROM customrecord_task ORDER BY 1',
    ).map((r) => [r.r, r.name]);
    out.lst = q(
      "SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) AS l FROM customrecord_task WHERE custrecord_t_cust = 501",
    )[0].l;
    try {
      q('SELEC 1');
      out.err = false;
    } catch (e) {
      out.err = /SELECT/.test(e.message);
    }
    out.bool = q("SELECT isinactive AS b FROM customer WHERE entityid='Acme'")[0].b;
    return out;
  },
}));
