/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const invoice = (item, qty) => {
      const inv = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 505 } });
      if (item !== 802) inv.setValue('terms', 2);
      inv.selectNewLine('item');
      inv.setCurrentSublistValue('item', 'item', item);
      inv.setCurrentSublistValue('item', 'quantity', qty);
      inv.commitLine('item');
      return inv.save();
    };
    const ids = [invoice(802, 1), invoice(804, 4), invoice(804, 2)];
    const pay = record.create({ type: 'customerpayment', isDynamic: true });
    pay.setValue({ fieldId: 'customer', value: 505 });
    pay.setValue({ fieldId: 'paymentmethod', value: 2 });
    pay.setValue({ fieldId: 'checknum', value: '1044' });
    const out = { due: [], disc: [], lines: [], status: [] };
    const wanted = { [ids[0]]: [98, 2], [ids[1]]: [50], [ids[2]]: [12.5] };
    for (let i = 0; i < pay.getLineCount({ sublistId: 'apply' }); i++) {
      pay.selectLine({ sublistId: 'apply', line: i });
      const doc = pay.getCurrentSublistValue({ sublistId: 'apply', fieldId: 'internalid' });
      if (!wanted[doc]) continue;
      pay.setCurrentSublistValue({ sublistId: 'apply', fieldId: 'apply', value: true });
      if (wanted[doc][1]) pay.setCurrentSublistValue({ sublistId: 'apply', fieldId: 'disc', value: wanted[doc][1] });
      out.due.push(pay.getCurrentSublistValue({ sublistId: 'apply', fieldId: 'amount' }));
      out.disc.push(pay.getCurrentSublistValue({ sublistId: 'apply', fieldId: 'disc' }));
      pay.setCurrentSublistValue({ sublistId: 'apply', fieldId: 'amount', value: wanted[doc][0] });
      pay.commitLine({ sublistId: 'apply' });
    }
    const id = pay.save();
    const p = record.load({ type: 'customerpayment', id });
    out.pay = ['payment', 'applied', 'unapplied'].map((f) => p.getValue(f));
    ids.forEach((doc) => {
      const line = p.findSublistLineWithValue('apply', 'doc', doc);
      out.lines.push(['amount', 'disc'].map((f) => p.getSublistValue('apply', f, line)));
      const v = search.lookupFields({ type: 'invoice', id: doc, columns: ['status', 'amountremaining'] });
      out.status.push([v.status[0].text, Number(v.amountremaining)]);
    });
    out.balance = Number(search.lookupFields({ type: 'customer', id: 505, columns: 'balance' }).balance);
    record.delete({ type: 'customerpayment', id });
    const v = search.lookupFields({ type: 'invoice', id: ids[0], columns: ['status', 'amountremaining'] });
    out.reopened = [v.status[0].text, Number(v.amountremaining)];
    return out;
  },
}));
