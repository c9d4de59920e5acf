/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/query'], (record, search, query) => ({
  post() {
    const out = {};
    const it = record.create({ type: 'inventoryitem', isDynamic: true });
    for (const [f, v] of Object.entries({
      itemid: 'SOURCED',
      subsidiary: [1],
      assetaccount: 3,
      cogsaccount: 10,
      incomeaccount: 8,
      taxschedule: 1,
    }))
      it.setValue(f, v);
    it.selectNewLine('itemvendor');
    it.setCurrentSublistValue('itemvendor', 'vendor', 701);
    it.setCurrentSublistValue('itemvendor', 'vendorcode', 'P-77');
    it.setCurrentSublistValue('itemvendor', 'purchaseprice', 6.5);
    it.setCurrentSublistValue('itemvendor', 'preferredvendor', true);
    it.commitLine('itemvendor');
    const id = it.save();
    out.s = search
      .create({
        type: 'item',
        filters: [['othervendor', 'anyof', 701], 'AND', ['internalid', 'anyof', id]],
        columns: ['othervendor', 'vendorcode', 'vendorcost', 'vendor'],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getText('othervendor'), r.getValue('vendorcode'), r.getValue('vendorcost'), r.getText('vendor')]);
    const po = record.create({ type: 'purchaseorder', isDynamic: true });
    po.setValue('entity', 701);
    po.selectNewLine('item');
    po.setCurrentSublistValue('item', 'item', id);
    po.setCurrentSublistValue('item', 'quantity', 4);
    out.r = [po.getCurrentSublistValue('item', 'rate'), po.getCurrentSublistValue('item', 'amount')];
    out.q = query
      .runSuiteQL({ query: 'SELECT vendorcode, purchaseprice FROM itemvendor WHERE item = ?', params: [id] })
      .asMappedResults();
    return out;
  },
}));
