/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post: ({ email }) => {
    const rows = [];
    search
      .create({
        type: search.Type.CUSTOMER,
        filters: [['email', 'is', email], 'AND', ['isinactive', 'is', 'F']],
        columns: [search.createColumn({ name: 'companyname', sort: search.Sort.DESC }), 'email'],
      })
      .run()
      .each((result) => {
        rows.push({ id: result.id, name: result.getValue({ name: 'companyname' }) });
        return true;
      });
    return rows;
  },
}));
