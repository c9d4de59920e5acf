/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const po = record.create({ type: 'purchaseorder', isDynamic: true });
    po.setValue('entity', 701);
    po.setValue('location', 1);
    po.setValue('approvalstatus', 2);
    po.selectNewLine('item');
    po.setCurrentSublistValue('item', 'item', 803);
    po.setCurrentSublistValue('item', 'quantity', 8);
    po.commitLine('item');
    const pid = po.save();
    const receipt = record.transform({
      fromType: 'purchaseorder',
      fromId: pid,
      toType: 'itemreceipt',
      isDynamic: true,
    });
    receipt.selectLine('item', 0);
    const detail = receipt.getCurrentSublistSubrecord('item', 'inventorydetail');
    for (const [lot, quantity] of [
      ['R1', 5],
      ['R2', 3],
    ]) {
      detail.selectNewLine('inventoryassignment');
      detail.setCurrentSublistValue('inventoryassignment', 'receiptinventorynumber', lot);
      detail.setCurrentSublistValue('inventoryassignment', 'quantity', quantity);
      detail.commitLine('inventoryassignment');
    }
    receipt.commitLine('item');
    const id = receipt.save();
    const join = 'inventoryDetail';
    const lines = ['internalid', 'anyof', id];
    const found = search
      .create({
        type: 'itemreceipt',
        filters: [lines, 'AND', ['mainline', 'is', 'F'], 'AND', ['item', 'anyof', 803]],
        columns: [
          search.createColumn({ name: 'inventorynumber', join, sort: search.Sort.ASC }),
          search.createColumn({ name: 'quantity', join }),
        ],
      })
      .run()
      .getRange(0, 9);
    const filtered = search
      .create({ type: 'itemreceipt', filters: [lines, 'AND', ['inventorydetail.quantity', 'greaterthan', 4]] })
      .runPaged().count;
    return {
      rows: found.map((row) => [
        row.getText({ name: 'inventorynumber', join }),
        row.getValue({ name: 'quantity', join }),
      ]),
      filtered,
    };
  },
}));
