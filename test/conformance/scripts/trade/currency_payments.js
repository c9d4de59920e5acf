/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const inv = record.create({ type: 'invoice', isDynamic: true });
    inv.setValue('entity', 510);
    inv.selectNewLine('item');
    inv.setCurrentSublistValue('item', 'item', 802);
    inv.setCurrentSublistValue('item', 'rate', 100);
    inv.commitLine('item');
    const id = inv.save();
    const bal = () => Number(search.lookupFields({ type: 'customer', id: 510, columns: 'balance' }).balance);
    out.bal = [bal()];
    const pay = record.create({ type: 'customerpayment', isDynamic: true });
    pay.setValue('customer', 510);
    out.offered = [...Array(pay.getLineCount('apply')).keys()].map((l) => [
      pay.getSublistValue('apply', 'currency', l),
      pay.getSublistValue('apply', 'due', l),
    ]);
    pay.selectLine('apply', 0);
    pay.setCurrentSublistValue('apply', 'apply', true);
    pay.commitLine('apply');
    const p = record.load({ type: 'customerpayment', id: pay.save() });
    out.paid = [p.getValue('payment'), p.getValue('currency')];
    out.bal.push(bal());
    const usd = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 501 } });
    usd.selectNewLine('item');
    usd.setCurrentSublistValue('item', 'item', 802);
    usd.commitLine('item');
    usd.save();
    out.mixed = [510, 501].map((c) =>
      record.create({ type: 'customerpayment', isDynamic: true, defaultValues: { entity: c } }).getLineCount('apply'),
    );
    const v = record.create({ type: 'vendor' });
    v.setValue('companyname', 'Euro Parts');
    v.setValue('subsidiary', 1);
    v.setValue('currency', 3);
    const vid = v.save();
    const bill = record.create({ type: 'vendorbill', isDynamic: true });
    bill.setValue('entity', vid);
    bill.setValue('tranid', 'EB');
    bill.selectNewLine('expense');
    bill.setCurrentSublistValue('expense', 'account', 11);
    bill.setCurrentSublistValue('expense', 'amount', 50);
    bill.commitLine('expense');
    const bid = bill.save();
    const b = record.load({ type: 'vendorbill', id: bid });
    out.bill = [b.getValue('total'), b.getValue('currency'), b.getValue('exchangerate')];
    const vp = record.transform({ fromType: 'vendorbill', fromId: bid, toType: 'vendorpayment' });
    const vpId = vp.save();
    out.vp = [
      record.load({ type: 'vendorpayment', id: vpId }).getValue('total'),
      search.lookupFields({ type: 'vendorbill', id: bid, columns: 'status' }).status[0].text,
    ];
    const gb = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 511 } });
    out.gb = [gb.getValue('currency'), gb.getValue('exchangerate'), gb.getValue('subsidiary')];
    return out;
  },
}));
