/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const inv = record.create({ type: 'invoice', isDynamic: true });
    inv.setValue('entity', 501);
    inv.selectNewLine('item');
    inv.setCurrentSublistValue('item', 'item', 804);
    inv.setCurrentSublistValue('item', 'quantity', 2);
    inv.commitLine('item');
    const iid = inv.save();
    const p = record.create({ type: 'customerpayment', isDynamic: true });
    p.setValue('customer', 501);
    p.setValue('payment', 40);
    const n = p.findSublistLineWithValue('apply', 'doc', iid);
    p.selectLine('apply', n);
    p.setCurrentSublistValue('apply', 'apply', true);
    const amt = p.getCurrentSublistValue('apply', 'amount');
    p.commitLine('apply');
    const out = { amt, applied: p.getValue('applied'), unapplied: p.getValue('unapplied') };
    p.setValue('payment', 10);
    p.selectLine('apply', n);
    p.setCurrentSublistValue('apply', 'amount', 10);
    p.commitLine('apply');
    const pid = p.save();
    const l = search.lookupFields({ type: 'invoice', id: iid, columns: ['amountremaining', 'amountpaid', 'status'] });
    out.partial = [Number(l.amountpaid), Number(l.amountremaining), l.status[0].text];
    out.un = record.load({ type: 'customerpayment', id: pid }).getValue('unapplied');
    return out;
  },
}));
