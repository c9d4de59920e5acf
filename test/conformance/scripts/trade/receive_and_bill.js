/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const po = record.create({ type: 'purchaseorder', isDynamic: true, defaultValues: { entity: 701 } });
    po.setValue('location', 1);
    [
      [801, 6, 5],
      [804, 4, 10],
    ].forEach(([item, quantity, rate]) => {
      po.selectNewLine('item');
      po.setCurrentSublistValue('item', 'item', item);
      po.setCurrentSublistValue('item', 'quantity', quantity);
      po.setCurrentSublistValue('item', 'rate', rate);
      po.commitLine('item');
    });
    const id = po.save();
    const out = { s: [st('purchaseorder', id)] };
    const ir = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt', isDynamic: true });
    ir.selectLine('item', 0);
    ir.setCurrentSublistValue('item', 'quantity', 2);
    ir.commitLine('item');
    ir.selectLine('item', 1);
    ir.setCurrentSublistValue('item', 'itemreceive', false);
    ir.commitLine('item');
    const irId = ir.save();
    out.s.push(st('purchaseorder', id));
    const rest = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' });
    out.rest = [0, 1].map((l) => ['item', 'quantity'].map((f) => rest.getSublistValue('item', f, l)));
    rest.save();
    out.s.push(st('purchaseorder', id));
    record.delete({ type: 'itemreceipt', id: irId });
    out.s.push(st('purchaseorder', id));
    record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' }).save();
    const bill = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'vendorbill' });
    bill.setValue('tranid', 'INV-77');
    bill.setValue('trandate', new Date(2026, 10, 18));
    out.bill = [0, 1].map((l) => ['item', 'quantity', 'amount'].map((f) => bill.getSublistValue('item', f, l)));
    const bid = bill.save();
    const b = record.load({ type: 'vendorbill', id: bid });
    out.after = [st('purchaseorder', id), b.getValue('total')];
    out.due = b.getText('duedate');
    const vc = record.create({ type: 'vendorcredit', isDynamic: true });
    vc.setValue('entity', 701);
    vc.selectNewLine('expense');
    vc.setCurrentSublistValue('expense', 'account', 11);
    vc.setCurrentSublistValue('expense', 'amount', 20);
    vc.commitLine('expense');
    const at = vc.findSublistLineWithValue('apply', 'doc', String(bid));
    vc.selectLine('apply', at);
    const due = vc.getCurrentSublistValue('apply', 'due');
    vc.setCurrentSublistValue('apply', 'apply', true);
    vc.setCurrentSublistValue('apply', 'amount', 20);
    vc.commitLine('apply');
    out.vbal = [Number(search.lookupFields({ type: 'vendor', id: 701, columns: 'balance' }).balance)];
    const vid = vc.save();
    const l = search.lookupFields({ type: 'vendorbill', id: bid, columns: ['amountremaining', 'amountpaid'] });
    out.credit = [due, Number(l.amountremaining), Number(l.amountpaid)];
    out.vc = [
      st('vendorcredit', vid),
      Number(search.lookupFields({ type: 'vendorcredit', id: vid, columns: 'amountremaining' }).amountremaining),
    ];
    const vp = record.create({ type: 'vendorpayment', isDynamic: true });
    vp.setValue('entity', 701);
    vp.setValue('account', 1);
    const line = vp.findSublistLineWithValue('apply', 'internalid', bid);
    vp.selectLine('apply', line);
    vp.setCurrentSublistValue('apply', 'apply', true);
    out.pay = [vp.getCurrentSublistValue('apply', 'amount')];
    vp.commitLine('apply');
    const pid = vp.save();
    out.pay.push(
      record.load({ type: 'vendorpayment', id: pid }).getValue('total'),
      st('vendorbill', bid),
      Number(search.lookupFields({ type: 'vendorbill', id: bid, columns: 'amountremaining' }).amountremaining),
    );
    out.vbal.push(Number(search.lookupFields({ type: 'vendor', id: 701, columns: 'balance' }).balance));
    return out;
  },
}));
