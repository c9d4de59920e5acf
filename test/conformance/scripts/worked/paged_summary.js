/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/runtime'], (search, runtime) => ({
  post() {
    const cust = search.createColumn({ name: 'custrecord_t_cust', summary: 'GROUP', sort: 'ASC' }),
      hours = search.createColumn({ name: 'custrecord_t_hours', summary: 'SUM' });
    const paged = search.create({ type: 'customrecord_task', columns: [cust, hours] }).runPaged({ pageSize: 5 });
    const rows = [];
    let p;
    paged.pageRanges.forEach((range) => {
      p = paged.fetch({ index: range.index });
      p.data.forEach((r) =>
        rows.push([
          r.getValue(cust),
          r.getText(cust),
          r.getValue({ name: 'custrecord_t_hours', summary: search.Summary.SUM }),
        ]),
      );
    });
    return {
      count: paged.count,
      ranges: paged.pageRanges.map((r) => ({
        index: r.index,
        compoundLabel: typeof r.compoundLabel === 'string' ? 'x' : r.compoundLabel,
      })),
      first: p.isFirst,
      last: p.isLast,
      rows,
      size: paged.searchDefinition ? 5 : 0,
      units: 5000 - runtime.getCurrentScript().getRemainingUsage(),
    };
  },
}));
