/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/runtime'], (search, runtime) => ({
  post() {
    const out = {};
    const c = search
      .createColumn({ name: 'name', summary: search.Summary.MAX })
      .setWhenOrderedBy({ name: 'custrecord_t_hours', join: null });
    const s = search.create({
      type: 'customrecord_task',
      columns: [search.createColumn({ name: 'custrecord_t_cust', summary: 'GROUP', sort: search.Sort.ASC }), c],
    });
    out.rows = s
      .run()
      .getRange(0, 10)
      .map((r) => [r.getText(s.columns[0]), r.getValue(s.columns[1])]);
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
