/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/query', 'N/runtime'], (query, runtime) => ({
  post() {
    const out = {};
    const q = query.create({ type: 'customrecord_task' });
    const hi = q.createCondition({
        fieldId: 'custrecord_t_hours',
        operator: query.Operator.GREATER_OR_EQUAL,
        values: 2,
      }),
      done = q.createCondition({ fieldId: 'custrecord_t_done', operator: query.Operator.IS, values: true }),
      one = q.createCondition({ fieldId: 'name', operator: query.Operator.START_WITH, values: 'On' });
    q.condition = q.and(hi, q.or(done, one));
    q.columns = [q.createColumn({ fieldId: 'name' }), q.createColumn({ fieldId: 'custrecord_t_hours', alias: 'h' })];
    q.sort = [q.createSort({ column: q.columns[1], ascending: false })];
    out.r = q.run().asMappedResults();
    q.condition = q.not(hi);
    out.n = q.run().results.map((r) => r.values);
    const c = query.create({ type: 'customrecord_task' });
    c.columns = [c.createColumn({ fieldId: 'custrecord_t_hours', aggregate: query.Aggregate.SUM, alias: 's' })];
    out.s = c.run().asMappedResults();
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
