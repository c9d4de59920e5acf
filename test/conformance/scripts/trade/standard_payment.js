/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const invoice = (qty) => {
      const r = record.create({ type: 'invoice', defaultValues: { entity: 501 } });
      r.setSublistValue('item', 'item', 0, 804);
      r.setSublistValue('item', 'quantity', 0, qty);
      return r.save();
    };
    const [a, b] = [invoice(2), invoice(4)];
    const out = { n: [record.create({ type: 'customerpayment' }).getLineCount('apply')] };
    const pay = record.create({ type: 'customerpayment', defaultValues: { entity: 501 } });
    out.n.push(pay.getLineCount('apply'));
    pay.setValue('undepfunds', 'F');
    pay.setValue('account', 1);
    pay.setText('paymentmethod', 'Check');
    pay.setValue('checknum', '12');
    for (let i = 0; i < pay.getLineCount('apply'); i++) {
      const doc = Number(pay.getSublistValue('apply', 'internalid', i));
      if (doc === a) pay.setSublistValue('apply', 'apply', i, true);
      if (doc === b) {
        pay.setSublistValue('apply', 'apply', i, true);
        pay.setSublistValue('apply', 'amount', i, 12.5);
      }
    }
    const id = pay.save();
    const p = record.load({ type: 'customerpayment', id });
    out.pay = ['payment', 'applied', 'unapplied'].map((f) => p.getValue(f));
    out.ref = [p.getText('paymentmethod'), p.getValue('checknum')];
    out.acct = p.getValue('account');
    out.status = p.getValue('status');
    out.inv = [a, b].map((i) => search.lookupFields({ type: 'invoice', id: i, columns: 'status' }).status[0].text);
    out.left = Number(search.lookupFields({ type: 'invoice', id: b, columns: 'amountremaining' }).amountremaining);
    out.err = 'none';
    return out;
  },
}));
