/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const look = (type, id) => {
      const v = search.lookupFields({ type, id, columns: ['status', 'amountremaining'] });
      return [v.status[0].text, Number(v.amountremaining)];
    };
    const st = (id) => search.lookupFields({ type: 'salesorder', id, columns: 'status' }).status[0].text;
    const onHand = () =>
      Number(search.lookupFields({ type: 'item', id: 801, columns: 'quantityonhand' }).quantityonhand);
    const adj = record.create({ type: 'inventoryadjustment', isDynamic: true });
    adj.setValue('subsidiary', 1);
    adj.setValue('account', 12);
    adj.selectNewLine('inventory');
    adj.setCurrentSublistValue('inventory', 'item', 801);
    adj.setCurrentSublistValue('inventory', 'location', 1);
    adj.setCurrentSublistValue('inventory', 'adjustqtyby', 10);
    adj.commitLine('inventory');
    adj.save();
    const out = { stock: [onHand()], inv: [], del: [] };
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 502 } });
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 801);
    so.setCurrentSublistValue('item', 'quantity', 3);
    so.commitLine('item');
    const id = so.save();
    const ff = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    out.stock.push(onHand());
    const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    inv.setSublistValue('item', 'quantity', 0, 2);
    const iid = inv.save();
    out.inv.push(look('invoice', iid));
    out.qty = [record.load({ type: 'salesorder', id }).getSublistValue('item', 'quantitybilled', 0)];
    const edit = record.load({ type: 'invoice', id: iid });
    edit.setSublistValue('item', 'quantity', 0, 3);
    edit.save();
    out.inv.push(look('invoice', iid));
    out.qty.push(record.load({ type: 'salesorder', id }).getSublistValue('item', 'quantitybilled', 0));
    try {
      record.delete({ type: 'salesorder', id });
    } catch (e) {
      out.del.push(e.name);
    }
    const pay = record.transform({ fromType: 'invoice', fromId: iid, toType: 'customerpayment' }).save();
    try {
      record.delete({ type: 'invoice', id: iid });
      out.paid = 'deleted';
    } catch (e) {
      out.paid = e.name;
    }
    record.delete({ type: 'customerpayment', id: pay });
    record.delete({ type: 'invoice', id: iid });
    out.so = [st(id), record.load({ type: 'salesorder', id }).getSublistValue('item', 'quantityfulfilled', 0)];
    record.delete({ type: 'itemfulfillment', id: ff });
    out.ffdel = st(id);
    out.stock.push(onHand());
    return out;
  },
}));
