/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/transaction'], (record, search, transaction) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: 'status' }).status[0].text;
    const b = record.create({ type: 'vendorbill', isDynamic: true });
    b.setValue('entity', 701);
    b.setValue('tranid', 'VB9');
    b.selectNewLine('expense');
    b.setCurrentSublistValue('expense', 'account', 11);
    b.setCurrentSublistValue('expense', 'amount', 30);
    b.commitLine('expense');
    const id = b.save();
    const out = { bill: [st('vendorbill', id), b.getValue('usertotal')] };
    const v = record.transform({ fromType: 'vendorbill', fromId: id, toType: 'vendorcredit', isDynamic: true });
    const vid = v.save();
    const l = record.load({ type: 'vendorcredit', id: vid });
    out.vc = [st('vendorcredit', vid), l.getValue('unapplied')];
    out.bill2 = st('vendorbill', id);
    const i = record.create({ type: 'invoice', isDynamic: true });
    i.setValue('entity', 501);
    i.selectNewLine('item');
    i.setCurrentSublistValue('item', 'item', 804);
    i.setCurrentSublistValue('item', 'quantity', 1);
    i.commitLine('item');
    const iid = i.save();
    transaction.void({ type: transaction.Type.INVOICE, id: iid });
    const x = record.load({ type: 'invoice', id: iid });
    out.voided = [x.getValue('status'), x.getValue('total')];
    return out;
  },
}));
