/**
 * @NApiVersion 2.x
 * @NScriptType Restlet
 */
define(['N/record'], function (record) {
  function post() {
    var item = record.create({ type: record.Type.INVENTORY_ITEM, isDynamic: false });
    item.setValue({ fieldId: 'itemid', value: 'BREAK' });
    item.setValue({ fieldId: 'subsidiary', value: [1] });
    item.setValue({ fieldId: 'cogsaccount', value: 10 });
    item.setValue({ fieldId: 'assetaccount', value: 3 });
    item.setValue({ fieldId: 'incomeaccount', value: 8 });
    item.setValue({ fieldId: 'taxschedule', value: 1 });
    item.setMatrixHeaderValue({ sublistId: 'price1', fieldId: 'price', column: 1, value: 10 });
    item.setMatrixHeaderValue({ sublistId: 'price1', fieldId: 'price', column: 2, value: 100 });
    item.setMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', line: 0, column: 0, value: 10 });
    item.setMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', line: 0, column: 1, value: 9 });
    item.setMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', line: 0, column: 2, value: 8 });
    var itemId = item.save();
    var loaded = record.load({ type: record.Type.INVENTORY_ITEM, id: itemId });
    var out = { headers: [], base: [] };
    for (var c = 0; c < 3; c++) {
      out.headers.push(Number(loaded.getMatrixHeaderValue({ sublistId: 'price1', fieldId: 'price', column: c }) || 0));
      out.base.push(loaded.getMatrixSublistValue({ sublistId: 'price1', fieldId: 'price', line: 0, column: c }));
    }
    var so = record.create({ type: record.Type.SALES_ORDER });
    so.setValue({ fieldId: 'entity', value: 501 });
    so.setValue({ fieldId: 'location', value: 1 });
    [9, 10, 100].forEach(function (q, i) {
      so.setSublistValue({ sublistId: 'item', fieldId: 'item', line: i, value: itemId });
      so.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: i, value: q });
    });
    var id = so.save();
    so = record.load({ type: record.Type.SALES_ORDER, id: id, isDynamic: true });
    out.rates = [0, 1, 2].map(function (i) {
      return so.getSublistValue({ sublistId: 'item', fieldId: 'rate', line: i });
    });
    out.amounts = [0, 1, 2].map(function (i) {
      return so.getSublistValue({ sublistId: 'item', fieldId: 'amount', line: i });
    });
    so.selectLine({ sublistId: 'item', line: 0 });
    so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: 20 });
    so.commitLine({ sublistId: 'item' });
    out.relined = [
      so.getSublistValue({ sublistId: 'item', fieldId: 'rate', line: 0 }),
      so.getSublistValue({ sublistId: 'item', fieldId: 'amount', line: 0 }),
    ];
    return out;
  }
  return { post: post };
});
