/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const invoice = (qty) => {
      const r = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 502 } });
      r.selectNewLine('item');
      r.setCurrentSublistValue('item', 'item', 804);
      r.setCurrentSublistValue('item', 'quantity', qty);
      r.commitLine('item');
      return r.save();
    };
    const look = (id) => {
      const v = search.lookupFields({ type: 'invoice', id, columns: ['status', 'amountremaining'] });
      return [v.status[0].text, Number(v.amountremaining)];
    };
    const bal = () => Number(search.lookupFields({ type: 'customer', id: 502, columns: 'balance' }).balance);
    const ids = [invoice(2), invoice(4)];
    const out = { cust: [bal()] };
    const id = record.transform({ fromType: 'invoice', fromId: ids[0], toType: 'customerpayment' }).save();
    out.first = ids.map(look);
    const left = runtime.getCurrentScript().getRemainingUsage();
    const p = record.load({ type: 'customerpayment', id, isDynamic: true });
    const at = (doc) => p.findSublistLineWithValue('apply', 'doc', String(doc));
    p.selectLine('apply', at(ids[0]));
    p.setCurrentSublistValue('apply', 'apply', false);
    p.commitLine('apply');
    p.selectLine('apply', at(ids[1]));
    p.setCurrentSublistValue('apply', 'apply', true);
    p.setCurrentSublistValue('apply', 'amount', 25);
    p.commitLine('apply');
    p.setValue('memo', 'moved');
    p.save();
    out.units = left - runtime.getCurrentScript().getRemainingUsage();
    out.moved = ids.map(look);
    const l = record.load({ type: 'customerpayment', id });
    out.pay = ['payment', 'applied', 'unapplied'].map((f) => l.getValue(f));
    out.memo = l.getValue('memo');
    out.refused = 'none';
    out.cust.push(bal());
    return out;
  },
}));
