/**
 * @NApiVersion 2.x
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], function (record, search) {
  function deposit(amount) {
    var dep = record.create({ type: 'customerdeposit', isDynamic: true });
    dep.setValue('customer', 502);
    dep.setValue('payment', amount);
    dep.setValue('paymentmethod', 1);
    return dep.save();
  }
  function post() {
    var out = {};
    var id = deposit(80);
    var refund = record.create({ type: record.Type.CUSTOMER_REFUND, isDynamic: true });
    refund.setValue({ fieldId: 'customer', value: 502 });
    refund.setValue({ fieldId: 'paymentmethod', value: 1 });
    out.lines = [refund.getLineCount({ sublistId: 'deposit' }), refund.getLineCount({ sublistId: 'apply' })];
    var line = refund.findSublistLineWithValue({ sublistId: 'deposit', fieldId: 'doc', value: id });
    refund.selectLine({ sublistId: 'deposit', line: line });
    refund.setCurrentSublistValue({ sublistId: 'deposit', fieldId: 'apply', value: true });
    out.amount = refund.getCurrentSublistValue({ sublistId: 'deposit', fieldId: 'amount' });
    refund.commitLine({ sublistId: 'deposit' });
    var rid = refund.save();
    out.total = record.load({ type: 'customerrefund', id: rid }).getValue('total');
    function state(dep) {
      var r = search
        .create({
          type: 'customerdeposit',
          filters: [['internalid', 'anyof', dep], 'AND', ['mainline', 'is', 'T']],
          columns: ['status', 'amountremaining'],
        })
        .run()
        .getRange(0, 1)[0];
      return [r.getText('status'), Number(r.getValue('amountremaining'))];
    }
    out.dep = state(id);
    var two = deposit(50);
    var part = record.transform({ fromType: 'customerdeposit', fromId: two, toType: 'customerrefund' });
    for (var i = 0; i < part.getLineCount('deposit'); i++) {
      if (Number(part.getSublistValue('deposit', 'doc', i)) !== Number(two)) continue;
      part.setSublistValue('deposit', 'apply', i, true);
      part.setSublistValue('deposit', 'amount', i, 30);
    }
    var pid = part.save();
    out.part = record.load({ type: 'customerrefund', id: pid }).getValue('total');
    out.left = state(two)[1];
    out.ref = ['Refunded'];
    return out;
  }
  return { post: post };
});
