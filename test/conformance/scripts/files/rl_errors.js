/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/error', 'N/record'], (error, record) => ({
  post: ({ kind }) => {
    if (kind === 'custom') throw error.create({ name: 'ORDER_REJECTED', message: 'credit hold' });
    if (kind === 'platform') record.load({ type: 'customer', id: 999999 });
    if (kind === 'native') null.toString();
    throw 'just text';
  },
}));
