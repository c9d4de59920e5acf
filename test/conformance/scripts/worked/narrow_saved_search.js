/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post() {
    const s = search.create({
      type: 'customrecord_task',
      title: 'Tasks',
      id: 'customsearch_tasks',
      filters: [['isinactive', 'is', 'F']],
      columns: ['name', 'custrecord_t_hours'],
    });
    s.save();
    const l = search.load({ id: 'customsearch_tasks' });
    const n = [l.runPaged().count];
    const fe = l.filterExpression;
    l.filterExpression = fe.concat(['AND', ['custrecord_t_cust', 'anyof', '501']]);
    n.push(l.runPaged().count);
    const fs = l.filters;
    fs.push(search.createFilter({ name: 'custrecord_t_hours', operator: search.Operator.GREATERTHAN, values: 3 }));
    l.filters = fs;
    n.push(l.runPaged().count);
    return { type: l.searchType, n, cols: l.columns.map((c) => c.name), expr: l.filterExpression, id: l.id };
  },
}));
