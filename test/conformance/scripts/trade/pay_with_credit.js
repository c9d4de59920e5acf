/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const sell = (type, qty) => {
      const r = record.create({ type, isDynamic: true, defaultValues: { entity: 502 } });
      r.selectNewLine('item');
      r.setCurrentSublistValue('item', 'item', 804);
      r.setCurrentSublistValue('item', 'quantity', qty);
      r.setCurrentSublistValue('item', 'rate', 10);
      r.commitLine('item');
      return r.save();
    };
    const look = (type, id) => {
      const v = search.lookupFields({ type, id, columns: ['status', 'amountremaining'] });
      return [v.status[0].text, Number(v.amountremaining)];
    };
    const cm = sell('creditmemo', 2);
    const inv = sell('invoice', 5);
    const pay = record.transform({ fromType: 'invoice', fromId: inv, toType: 'customerpayment', isDynamic: true });
    const out = { credits: pay.getLineCount({ sublistId: 'credit' }) };
    const line = pay.findSublistLineWithValue({ sublistId: 'credit', fieldId: 'internalid', value: String(cm) });
    pay.selectLine({ sublistId: 'credit', line });
    pay.setCurrentSublistValue({ sublistId: 'credit', fieldId: 'apply', value: true });
    pay.commitLine({ sublistId: 'credit' });
    pay.setValue('payment', 30);
    out.payment = pay.getValue('payment');
    const id = pay.save();
    out.inv = look('invoice', inv);
    out.cm = look('creditmemo', cm);
    const p = record.load({ type: 'customerpayment', id });
    out.saved = ['payment', 'applied', 'unapplied'].map((f) => p.getValue(f));
    const c = record.load({ type: 'creditmemo', id: cm });
    const at = c.findSublistLineWithValue('apply', 'doc', String(inv));
    out.kept = [[c.getSublistValue('apply', 'apply', at), c.getSublistValue('apply', 'amount', at)]];
    return out;
  },
}));
