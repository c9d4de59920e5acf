/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setSublistValue('item', 'item', 0, 802);
    so.setSublistValue('item', 'quantity', 0, 1);
    const id = so.save();
    const u = runtime.getCurrentScript().getRemainingUsage();
    const f = search.lookupFields({
      type: search.Type.SALES_ORDER,
      id,
      columns: [
        'customer.email',
        'customer.companyname',
        'salesrep',
        'trandate',
        'shipcomplete',
        'location',
        'customer.category',
      ],
    });
    out.f = [
      f['customer.email'],
      f['customer.companyname'],
      f.salesrep[0].value,
      f.shipcomplete,
      f.location,
      f['customer.category'].length,
    ];
    out.used = u - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
