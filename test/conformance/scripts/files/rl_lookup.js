/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  get: ({ id }) =>
    JSON.stringify(
      search.lookupFields({ type: search.Type.CUSTOMER, id, columns: ['companyname', 'isinactive', 'subsidiary'] }),
    ),
}));
