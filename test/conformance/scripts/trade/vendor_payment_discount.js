/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const bill = (amount, tranid) => {
      const b = record.create({ type: 'vendorbill', isDynamic: true });
      b.setValue('entity', 702);
      b.setValue('tranid', tranid);
      b.selectNewLine('expense');
      b.setCurrentSublistValue('expense', 'account', 11);
      b.setCurrentSublistValue('expense', 'amount', amount);
      b.commitLine('expense');
      return b.save();
    };
    const ids = [bill(100, 'A1'), bill(50, 'A2')];
    const pay = record.create({ type: record.Type.VENDOR_PAYMENT, isDynamic: true });
    pay.setValue('entity', 702);
    const out = { lines: [] };
    for (let i = 0; i < pay.getLineCount('apply'); i++) {
      pay.selectLine('apply', i);
      pay.setCurrentSublistValue('apply', 'apply', true);
      out.lines.push(['due', 'amount', 'disc'].map((f) => pay.getCurrentSublistValue('apply', f)));
      pay.commitLine('apply');
    }
    const id = pay.save();
    out.total = record.load({ type: 'vendorpayment', id }).getValue('total');
    out.bills = ids.map((b) => {
      const v = search.lookupFields({ type: 'vendorbill', id: b, columns: ['status', 'amountremaining'] });
      return [v.status[0].text, Number(v.amountremaining)];
    });
    out.status = 'x';
    return out;
  },
}));
