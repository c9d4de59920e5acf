/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const adj = record.create({ type: 'inventoryadjustment', isDynamic: true });
    adj.setValue('subsidiary', 1);
    adj.setValue('account', 12);
    adj.selectNewLine('inventory');
    adj.setCurrentSublistValue('inventory', 'item', 803);
    adj.setCurrentSublistValue('inventory', 'location', 1);
    adj.setCurrentSublistValue('inventory', 'adjustqtyby', 8);
    const det = adj.getCurrentSublistSubrecord('inventory', 'inventorydetail');
    for (const [n, q] of [
      ['L1', 5],
      ['L2', 3],
    ]) {
      det.selectNewLine('inventoryassignment');
      det.setCurrentSublistValue('inventoryassignment', 'receiptinventorynumber', n);
      det.setCurrentSublistValue('inventoryassignment', 'quantity', q);
      det.commitLine('inventoryassignment');
    }
    adj.commitLine('inventory');
    adj.save();
    const lots = () =>
      search
        .create({
          type: 'inventorynumber',
          filters: [['item', 'anyof', 803]],
          columns: [search.createColumn({ name: 'inventorynumber', sort: 'ASC' }), 'quantityonhand'],
        })
        .run()
        .getRange(0, 10)
        .map((r) => [r.getValue('inventorynumber'), Number(r.getValue('quantityonhand'))]);
    out.on = Number(search.lookupFields({ type: 'item', id: 803, columns: ['quantityonhand'] }).quantityonhand);
    out.lots = lots();
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', 502);
    so.setValue('location', 1);
    so.setValue('orderstatus', 'B');
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 803);
    so.setCurrentSublistValue('item', 'quantity', 2);
    so.commitLine('item');
    const sid = so.save();
    const ff = record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment', isDynamic: true });
    ff.setValue('shipstatus', 'C');
    try {
      record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment' }).save();
      out.err = false;
    } catch (e) {
      out.err = /inventory detail/i.test(e.message);
    }
    ff.selectLine('item', 0);
    const fd = ff.getCurrentSublistSubrecord('item', 'inventorydetail');
    fd.selectNewLine('inventoryassignment');
    fd.setCurrentSublistText('inventoryassignment', 'issueinventorynumber', 'L1');
    fd.setCurrentSublistValue('inventoryassignment', 'quantity', 2);
    fd.commitLine('inventoryassignment');
    ff.commitLine('item');
    ff.save();
    out.after = lots();
    return out;
  },
}));
