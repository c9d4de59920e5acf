/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const it = record.create({ type: record.Type.SERIALIZED_INVENTORY_ITEM });
    it.setValue('itemid', 'SER');
    it.setValue('subsidiary', [1]);
    it.setValue('taxschedule', 1);
    it.setValue('assetaccount', 3);
    it.setValue('cogsaccount', 10);
    it.setValue('incomeaccount', 8);
    const item = it.save();
    const a = record.create({ type: 'inventoryadjustment', isDynamic: true });
    a.setValue('subsidiary', 1);
    a.setValue('account', 12);
    a.selectNewLine('inventory');
    a.setCurrentSublistValue('inventory', 'item', item);
    a.setCurrentSublistValue('inventory', 'location', 1);
    a.setCurrentSublistValue('inventory', 'adjustqtyby', 2);
    const d = a.getCurrentSublistSubrecord('inventory', 'inventorydetail');
    for (const s of ['S1', 'S2']) {
      d.selectNewLine('inventoryassignment');
      d.setCurrentSublistValue('inventoryassignment', 'receiptinventorynumber', s);
      d.setCurrentSublistValue('inventoryassignment', 'quantity', 1);
      d.commitLine('inventoryassignment');
    }
    a.commitLine('inventory');
    a.save();
    const on = () =>
      search
        .create({
          type: 'inventorynumber',
          filters: [
            ['item', 'anyof', item],
            'AND',
            ['location', 'anyof', 1],
            'AND',
            ['quantityavailable', 'greaterthan', 0],
          ],
          columns: ['inventorynumber'],
        })
        .run()
        .getRange(0, 9);
    const out = { avail: on().length };
    const s1 = on().find((r) => r.getValue('inventorynumber') === 'S1').id;
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    so.setValue('orderstatus', 'B');
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', item);
    so.setCurrentSublistValue('item', 'quantity', 1);
    so.setCurrentSublistValue('item', 'rate', 9);
    so.commitLine('item');
    const sid = so.save();
    const f = record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment' });
    f.setValue('shipstatus', 'C');
    const fd = f.getSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail', line: 0 });
    fd.setSublistValue({ sublistId: 'inventoryassignment', fieldId: 'issueinventorynumber', line: 0, value: s1 });
    fd.setSublistValue({ sublistId: 'inventoryassignment', fieldId: 'quantity', line: 0, value: 1 });
    f.save();
    out.after = on().length;
    out.join = on().map((r) => r.getValue('inventorynumber'));
    return out;
  },
}));
