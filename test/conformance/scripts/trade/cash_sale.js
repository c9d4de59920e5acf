/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const onHand = () =>
      Number(search.lookupFields({ type: 'inventoryitem', id: 801, columns: 'quantityonhand' }).quantityonhand);
    const adj = record.create({ type: 'inventoryadjustment', isDynamic: true });
    adj.setValue('subsidiary', 1);
    adj.setValue('account', 12);
    adj.selectNewLine('inventory');
    adj.setCurrentSublistValue('inventory', 'item', 801);
    adj.setCurrentSublistValue('inventory', 'location', 1);
    adj.setCurrentSublistValue('inventory', 'adjustqtyby', 10);
    adj.commitLine('inventory');
    adj.save();
    const out = { onhand: [onHand()] };
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 502 } });
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 801);
    so.setCurrentSublistValue('item', 'quantity', 2);
    so.commitLine('item');
    const id = so.save();
    record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    out.onhand.push(onHand());
    const cs = record.transform({ fromType: record.Type.SALES_ORDER, fromId: id, toType: record.Type.CASH_SALE });
    cs.setValue('paymentmethod', 1);
    const cid = cs.save();
    out.cs = [st('cashsale', cid), record.load({ type: 'cashsale', id: cid }).getValue('total')];
    out.so = st('salesorder', id);
    const cr = record.transform({ fromType: 'cashsale', fromId: cid, toType: 'cashrefund' });
    cr.setValue('location', 1);
    const rid = cr.save();
    const r = record.load({ type: 'cashrefund', id: rid });
    out.refund = [r.getValue('total'), String(r.getValue('createdfrom')) === String(cid)];
    out.onhand.push(onHand());
    const direct = record.create({ type: 'cashsale', isDynamic: true, defaultValues: { entity: 501 } });
    direct.setValue('undepfunds', 'F');
    direct.setValue('account', 1);
    direct.selectNewLine('item');
    direct.setCurrentSublistValue('item', 'item', 802);
    direct.commitLine('item');
    const did = direct.save();
    out.acct = [st('cashsale', did), record.load({ type: 'cashsale', id: did }).getValue('account')];
    out.rmb = [
      search.lookupFields({ type: 'cashrefund', id: rid, columns: ['createdfrom'] }).createdfrom[0].text.split(' #')[0],
    ];
    return out;
  },
}));
