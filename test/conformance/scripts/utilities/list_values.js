/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/record'], (search, record) => ({
  post() {
    const out = {};
    out.v = search
      .create({ type: 'customlist_prio', columns: [search.createColumn({ name: 'internalid', sort: 'ASC' }), 'name'] })
      .run()
      .getRange(0, 9)
      .map((r) => [r.getValue('internalid'), r.getValue('name')]);
    return out;
  },
}));
