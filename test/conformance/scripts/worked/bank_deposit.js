/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const cs = record.create({ type: 'cashsale', isDynamic: true });
    cs.setValue('entity', 501);
    cs.selectNewLine('item');
    cs.setCurrentSublistValue('item', 'item', 804);
    cs.setCurrentSublistValue('item', 'quantity', 2);
    cs.commitLine('item');
    const id = cs.save();
    const st = () => search.lookupFields({ type: 'cashsale', id, columns: 'status' }).status[0].text;
    const out = { st: [st()] };
    const d = record.create({ type: 'deposit', isDynamic: true });
    d.setValue('account', 1);
    const n = d.findSublistLineWithValue('payment', 'id', id);
    out.n = n >= 0;
    d.selectLine('payment', n);
    d.setCurrentSublistValue('payment', 'deposit', true);
    d.commitLine('payment');
    const did = d.save();
    out.total = record.load({ type: 'deposit', id: did }).getValue('total');
    out.st.push(st());
    return out;
  },
}));
