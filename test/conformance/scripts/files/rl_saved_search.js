/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  put: () =>
    search
      .create({
        type: 'customer',
        id: 'customsearch_big',
        title: 'Big ones',
        filters: [['comments', 'is', 'big']],
        columns: ['companyname'],
      })
      .save() > 0,
  get: () => {
    const loaded = search.load({ id: 'customsearch_big' });
    return JSON.stringify(
      loaded
        .run()
        .getRange({ start: 0, end: 100 })
        .map((r) => r.getValue('companyname')),
    );
  },
}));
