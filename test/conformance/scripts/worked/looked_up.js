/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    so.setSublistValue('item', 'item', 0, 801);
    so.setSublistValue('item', 'quantity', 0, 1);
    const id = so.save();
    const l = search.lookupFields({
      type: search.Type.SALES_ORDER,
      id,
      columns: ['customer.salesrep', 'customer.email', 'terms'],
    });
    const r = record.load({ type: 'salesorder', id });
    const m = search.lookupFields({
      type: 'customer',
      id: 501,
      columns: ['entityid', 'isinactive', 'custentity_score'],
    });
    return {
      jt: [l['customer.salesrep'][0].text, l['customer.email']],
      sel: l.terms,
      sub: r.getSublistText({ sublistId: 'item', fieldId: 'item', line: 0 }),
      chk: m.isinactive,
      many: [m.entityid, String(m.custentity_score) === '7'],
    };
  },
}));
