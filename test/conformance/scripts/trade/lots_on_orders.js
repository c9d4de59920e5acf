/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const po = record.create({ type: 'purchaseorder', isDynamic: true, defaultValues: { entity: 701 } });
    po.setValue('location', 1);
    po.selectNewLine('item');
    po.setCurrentSublistValue('item', 'item', 803);
    po.setCurrentSublistValue('item', 'quantity', 10);
    po.commitLine('item');
    const pid = po.save();
    const ir = record.transform({ fromType: 'purchaseorder', fromId: pid, toType: 'itemreceipt', isDynamic: true });
    ir.selectLine({ sublistId: 'item', line: 0 });
    const detail = ir.getCurrentSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail' });
    [
      ['A', 4],
      ['B', 6],
    ].forEach(([no, q]) => {
      detail.selectNewLine({ sublistId: 'inventoryassignment' });
      detail.setCurrentSublistValue({ sublistId: 'inventoryassignment', fieldId: 'receiptinventorynumber', value: no });
      detail.setCurrentSublistValue({ sublistId: 'inventoryassignment', fieldId: 'quantity', value: q });
      detail.commitLine({ sublistId: 'inventoryassignment' });
    });
    ir.commitLine({ sublistId: 'item' });
    const rid = ir.save();
    const saved = record.load({ type: 'itemreceipt', id: rid });
    const d = saved.getSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail', line: 0 });
    out.type = d.type || 'inventorydetail';
    out.receipt = [0, 1].map((l) => [
      d.getSublistText({ sublistId: 'inventoryassignment', fieldId: 'receiptinventorynumber', line: l }) ||
        d.getSublistValue({ sublistId: 'inventoryassignment', fieldId: 'receiptinventorynumber', line: l }),
      d.getSublistValue({ sublistId: 'inventoryassignment', fieldId: 'quantity', line: l }),
    ]);
    const numbers = () =>
      search
        .create({
          type: 'inventorynumber',
          filters: [['item', 'anyof', 803]],
          columns: [search.createColumn({ name: 'inventorynumber', sort: 'ASC' }), 'quantityonhand'],
        })
        .run()
        .getRange(0, 9)
        .map((r) => [r.getValue('inventorynumber'), Number(r.getValue('quantityonhand')), r.id]);
    out.avail = numbers().reduce((s, [, q]) => s + q, 0);
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 803);
    so.setCurrentSublistValue('item', 'quantity', 3);
    so.commitLine('item');
    const sid = so.save();
    try {
      record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment' }).save();
    } catch (e) {
      out.no = e.name;
    }
    const ff = record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment' });
    const sub = ff.getSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail', line: 0 });
    out.qty = ff.getSublistValue('item', 'quantity', 0);
    sub.setSublistValue({
      sublistId: 'inventoryassignment',
      fieldId: 'issueinventorynumber',
      line: 0,
      value: numbers()[0][2],
    });
    sub.setSublistValue({ sublistId: 'inventoryassignment', fieldId: 'quantity', line: 0, value: 3 });
    out.count = sub.getLineCount({ sublistId: 'inventoryassignment' });
    const fid = ff.save();
    const f = record
      .load({ type: 'itemfulfillment', id: fid })
      .getSublistSubrecord({ sublistId: 'item', fieldId: 'inventorydetail', line: 0 });
    out.ff = [
      [
        f.getSublistText({ sublistId: 'inventoryassignment', fieldId: 'issueinventorynumber', line: 0 }),
        f.getSublistValue({ sublistId: 'inventoryassignment', fieldId: 'quantity', line: 0 }),
      ],
    ];
    out.left = numbers().map(([n, q]) => [n, q]);
    return out;
  },
}));
