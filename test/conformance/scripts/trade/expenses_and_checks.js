/**
 * @NApiVersion 2.x
 * @NScriptType Restlet
 */
define(['N/record'], function (record) {
  return {
    post: function () {
      var out = {};
      var bill = record.create({ type: record.Type.VENDOR_BILL });
      bill.setValue({ fieldId: 'entity', value: 701 });
      bill.setValue({ fieldId: 'tranid', value: 'E-1' });
      [
        [11, 40, 1, 'rent'],
        [12, 60, 2, ''],
      ].forEach(function (l, i) {
        bill.setSublistValue({ sublistId: 'expense', fieldId: 'account', line: i, value: l[0] });
        bill.setSublistValue({ sublistId: 'expense', fieldId: 'amount', line: i, value: l[1] });
        bill.setSublistValue({ sublistId: 'expense', fieldId: 'department', line: i, value: l[2] });
        bill.setSublistValue({ sublistId: 'expense', fieldId: 'memo', line: i, value: l[3] });
      });
      var id = bill.save();
      var b = record.load({ type: 'vendorbill', id: id });
      out.total = b.getValue('total');
      out.bill = [0, 1].map(function (i) {
        return ['amount', 'account', 'department', 'memo'].map(function (f) {
          return b.getSublistValue({ sublistId: 'expense', fieldId: f, line: i });
        });
      });
      b.setSublistValue({ sublistId: 'expense', fieldId: 'amount', line: 1, value: 70 });
      b.save();
      b = record.load({ type: 'vendorbill', id: id });
      out.edit = b.getValue('total');
      b.removeLine({ sublistId: 'expense', line: 0 });
      b.save();
      out.remove = record.load({ type: 'vendorbill', id: id }).getValue('total');
      var check = record.create({ type: 'check', isDynamic: true });
      check.setValue({ fieldId: 'entity', value: 701 });
      check.setValue({ fieldId: 'account', value: 1 });
      check.selectNewLine({ sublistId: 'expense' });
      check.setCurrentSublistValue({ sublistId: 'expense', fieldId: 'account', value: 11 });
      check.setCurrentSublistValue({ sublistId: 'expense', fieldId: 'amount', value: 60 });
      check.setCurrentSublistValue({ sublistId: 'expense', fieldId: 'memo', value: 'Supplies' });
      check.commitLine({ sublistId: 'expense' });
      var c = record.load({ type: 'check', id: check.save() });
      out.check = [
        c.getValue('total') || c.getValue('usertotal'),
        c.getSublistValue({ sublistId: 'expense', fieldId: 'memo', line: 0 }),
      ];
      return out;
    },
  };
});
