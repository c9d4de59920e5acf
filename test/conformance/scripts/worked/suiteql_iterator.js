/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/query'], (query) => ({
  post() {
    const rs = query.runSuiteQL({
      query: `SELECT ROWNUM AS rn, x.name, x.h FROM (SELECT name, custrecord_t_hours AS h FROM customrecord_task ORDER BY name) x`,
    });
    const rows = [];
    const it = rs.iterator();
    it.each((r) => {
      rows.push(r.value.values);
      return true;
    });
    return { rows, types: rs.types.length, cols: rs.columns.length, first: rs.results[0].asMap() };
  },
}));
