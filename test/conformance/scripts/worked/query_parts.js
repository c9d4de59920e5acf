/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/query'], (query) => ({
  post() {
    const q = query.create({ type: 'customrecord_task' });
    const cust = q.autoJoin({ fieldId: 'custrecord_t_cust' });
    q.condition = q.and(
      q.createCondition({ fieldId: 'custrecord_t_hours', operator: query.Operator.GREATER, values: [0] }),
      cust.createCondition({ fieldId: 'entityid', operator: query.Operator.IS, values: 'Acme' }),
    );
    const name = q.createColumn({ fieldId: 'name' });
    q.columns = [
      name,
      cust.createColumn({ fieldId: 'companyname' }),
      q.createColumn({ fieldId: 'custrecord_t_prio', context: { name: query.FieldContext.DISPLAY } }),
    ];
    q.sort = [q.createSort({ column: name, ascending: true })];
    let rows;
    try {
      rows = q.run().results.map((r) => r.values);
    } catch (e) {
      rows = e.name + ': ' + e.message;
    }
    const p = query.runSuiteQLPaged({ query: 'SELECT name FROM customrecord_task ORDER BY name', pageSize: 10 });
    const names = [];
    let pages = 0;
    p.iterator().each((x) => {
      pages++;
      x.value.data.asMappedResults().forEach((m) => names.push(m.name));
      return true;
    });
    const a = query.create({ type: 'customrecord_task' });
    const ac = a.createColumn({ fieldId: 'custrecord_t_cust', groupBy: true, alias: 'customer' });
    a.columns = [ac, a.createColumn({ fieldId: 'custrecord_t_hours', aggregate: query.Aggregate.SUM, alias: 'hours' })];
    a.sort = [a.createSort({ column: ac })];
    return {
      rows,
      types: [
        query.FieldContext.DISPLAY === 'DISPLAY' ? 'CONTEXT' : query.FieldContext.DISPLAY,
        q.run().types.length - 1,
      ],
      paged: [p.count, pages, names],
      agg: a.run().asMappedResults(),
      sql: /SELECT/i.test(a.toSuiteQL().query),
    };
  },
}));
