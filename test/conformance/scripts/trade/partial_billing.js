/**
 * @NApiVersion 2.0
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], function (record, search) {
  function status(id) {
    return search.lookupFields({ type: search.Type.SALES_ORDER, id: id, columns: ['status'] }).status[0].text;
  }
  function post() {
    var so = record.create({ type: record.Type.SALES_ORDER, isDynamic: true });
    so.setValue({ fieldId: 'entity', value: 501 });
    so.setValue({ fieldId: 'location', value: 1 });
    var lines = [
      [801, 10],
      [802, 2],
    ];
    for (var i = 0; i < lines.length; i++) {
      so.selectNewLine({ sublistId: 'item' });
      so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: lines[i][0] });
      so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: lines[i][1] });
      so.commitLine({ sublistId: 'item' });
    }
    var id = so.save();
    var out = { status: [status(id)] };
    var inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    inv.removeLine({ sublistId: 'item', line: 1 });
    inv.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 4 });
    var invId = inv.save();
    inv = record.load({ type: 'invoice', id: invId });
    out.first = [
      inv.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0 }),
      inv.getValue({ fieldId: 'total' }),
    ];
    out.status.push(status(id));
    var order = record.load({ type: 'salesorder', id: id });
    out.billed = [0, 1].map(function (l) {
      return order.getSublistValue({ sublistId: 'item', fieldId: 'quantitybilled', line: l });
    });
    record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    var inv2 = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    out.second = [];
    for (var j = 0; j < inv2.getLineCount({ sublistId: 'item' }); j++) {
      out.second.push(inv2.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line: j }));
      out.second.push(inv2.getSublistValue({ sublistId: 'item', fieldId: 'amount', line: j }));
    }
    var inv2Id = inv2.save();
    out.status.push(status(id));
    record.delete({ type: 'invoice', id: inv2Id });
    order = record.load({ type: 'salesorder', id: id });
    out.after = [
      order.getValue({ fieldId: 'status' }),
      order.getSublistValue({ sublistId: 'item', fieldId: 'quantitybilled', line: 0 }),
    ];
    out.deleted = [0, 1].map(function (l) {
      return Number(order.getSublistValue({ sublistId: 'item', fieldId: 'quantitybilled', line: l }));
    });
    out.again = record
      .transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' })
      .getSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0 });
    return out;
  }
  return { post: post };
});
