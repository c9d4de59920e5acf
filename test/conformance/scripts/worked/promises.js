/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/query'], (search, query) => ({
  post: async () => {
    const c = await search.create.promise({ type: 'customrecord_task', columns: ['name'] });
    const n = (await c.runPaged.promise({ pageSize: 50 })).count;
    const lf = await search.lookupFields.promise({ type: 'customer', id: 501, columns: ['companyname'] });
    const all = await Promise.all([1, 2].map(async (x) => x));
    let caught;
    await search.lookupFields.promise({ type: 'customer', id: 501, columns: ['nonsense_col'] }).catch((e) => {
      caught = e.name;
    });
    const ql = (await query.runSuiteQL.promise({ query: 'SELECT id FROM customrecord_task' })).results.length;
    return { c: n, lf: lf.companyname, all, caught, ql };
  },
}));
