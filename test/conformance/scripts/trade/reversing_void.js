/**
 * @NApiVersion 2.x
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/transaction', 'N/config'], function (record, search, transaction, config) {
  return {
    post: function () {
      var out = {};
      var prefs = config.load({ type: config.Type.ACCOUNTING_PREFERENCES });
      out.pref = [prefs.getValue({ fieldId: 'REVERSALVOIDING' }) === true];
      prefs.setValue({ fieldId: 'REVERSALVOIDING', value: true });
      prefs.save();
      var again = config.load({ type: config.Type.ACCOUNTING_PREFERENCES });
      out.pref.push(again.getValue({ fieldId: 'REVERSALVOIDING' }) === true);
      var bill = record.create({ type: 'vendorbill', isDynamic: true });
      bill.setValue('entity', 701);
      bill.setValue('tranid', 'V1');
      bill.selectNewLine('expense');
      bill.setCurrentSublistValue('expense', 'account', 11);
      bill.setCurrentSublistValue('expense', 'amount', 30);
      bill.commitLine('expense');
      var bid = bill.save();
      var pay = record.transform({ fromType: 'vendorbill', fromId: bid, toType: 'vendorpayment' });
      var pid = pay.save();
      var jid = transaction.void({ type: transaction.Type.VENDOR_PAYMENT, id: pid });
      out.other = jid !== pid;
      var je = record.load({ type: 'journalentry', id: jid });
      out.type = je.type;
      out.lines = je.getLineCount('line');
      out.total = je.getSublistValue('line', 'debit', 0) || je.getSublistValue('line', 'credit', 0);
      out.status = je.getValue('status');
      out.bill = [search.lookupFields({ type: 'vendorbill', id: bid, columns: 'status' }).status[0].text];
      prefs.setValue({ fieldId: 'REVERSALVOIDING', value: false });
      prefs.save();
      return out;
    },
  };
});
