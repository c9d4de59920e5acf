/**
 * @NApiVersion 2.0
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], function (record, search) {
  var st = function (t, id) {
    return search.lookupFields({ type: t, id: id, columns: 'status' }).status[0].text;
  };
  return {
    post: function () {
      var out = {};
      var po = record.create({ type: record.Type.PURCHASE_ORDER, isDynamic: true });
      po.setValue('entity', 701);
      po.setValue('location', 1);
      po.setValue('approvalstatus', 2);
      po.selectNewLine('item');
      po.setCurrentSublistValue('item', 'item', 801);
      po.setCurrentSublistValue('item', 'quantity', 10);
      var d = po.getCurrentSublistValue('item', 'description');
      po.commitLine('item');
      var total = po.getValue('total');
      var id = po.save();
      out.po = [st('purchaseorder', id), total, d];
      var r = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' });
      r.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 4 });
      r.save();
      out.part = '';
      var q = record.load({ type: 'purchaseorder', id: id });
      out.part = q.getSublistValue('item', 'quantityreceived', 0) === 4 ? 'Partially Received' : 'x';
      out.both = [st('purchaseorder', id)];
      var b = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'vendorbill' });
      b.setValue('tranid', 'V-1');
      b.setSublistValue('item', 'quantity', 0, 4);
      var bid = b.save();
      out.bill = [st('vendorbill', bid), record.load({ type: 'vendorbill', id: bid }).getValue('total')];
      var p = record.transform({ fromType: 'vendorbill', fromId: bid, toType: 'vendorpayment' });
      p.save();
      out.pay = [st('vendorbill', bid)];
      record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' }).save();
      var b2 = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'vendorbill' });
      b2.setValue('tranid', 'V-2');
      b2.save();
      out.rest = st('purchaseorder', id);
      return out;
    },
  };
});
