/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 502);
    so.setValue('orderstatus', 'B');
    so.setSublistValue('item', 'item', 0, 804);
    so.setSublistValue('item', 'quantity', 0, 1);
    const sid = so.save();
    const f = record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment', isDynamic: true });
    f.setValue('shipstatus', 'C');
    f.selectNewLine('package');
    f.setCurrentSublistValue('package', 'packageweight', 2.5);
    f.setCurrentSublistValue('package', 'packagetrackingnumber', '1Z9');
    f.commitLine('package');
    const id = f.save();
    const b = record.load({ type: 'itemfulfillment', id });
    out.n = [
      b.getLineCount('package'),
      b.getSublistValue('package', 'packagetrackingnumber', 0),
      b.getText('shipstatus'),
    ];
    out.t = search
      .create({
        type: 'itemfulfillment',
        filters: [['internalid', 'anyof', id], 'AND', ['mainline', 'is', 'T']],
        columns: ['trackingnumbers'],
      })
      .run()
      .getRange(0, 1)[0]
      .getValue('trackingnumbers');
    return out;
  },
}));
