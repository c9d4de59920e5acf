/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const at = () => {
      const rows = {};
      search
        .create({
          type: 'item',
          filters: [['internalid', 'anyof', 801]],
          columns: ['inventorylocation', 'locationquantityonhand'],
        })
        .run()
        .each((r) => {
          rows[r.getValue('inventorylocation')] = Number(r.getValue('locationquantityonhand') || 0);
          return true;
        });
      return [rows[1] || 0, rows[2] || 0];
    };
    const adj = record.create({ type: 'inventoryadjustment', isDynamic: true });
    adj.setValue('subsidiary', 1);
    adj.setValue('account', 12);
    adj.selectNewLine('inventory');
    adj.setCurrentSublistValue('inventory', 'item', 801);
    adj.setCurrentSublistValue('inventory', 'location', 1);
    adj.setCurrentSublistValue('inventory', 'adjustqtyby', 10);
    adj.commitLine('inventory');
    adj.save();
    const to = record.create({ type: 'transferorder', isDynamic: true });
    to.setValue('subsidiary', 1);
    to.setValue('location', 1);
    to.setValue('transferlocation', 2);
    to.setValue('orderstatus', 'A');
    to.selectNewLine('item');
    to.setCurrentSublistValue('item', 'item', 801);
    to.setCurrentSublistValue('item', 'quantity', 6);
    to.commitLine('item');
    const id = to.save();
    const st = () => search.lookupFields({ type: 'transferorder', id, columns: ['status'] }).status[0].text;
    const out = { s: [st()], q: [at()] };
    const t = record.load({ type: 'transferorder', id });
    t.setValue('orderstatus', 'B');
    t.save();
    out.s.push(st());
    const move = (toType) => {
      const r = record.transform({ fromType: 'transferorder', fromId: id, toType });
      if (r.getSublistValue('item', 'quantity', 0) === 6) r.setSublistValue('item', 'quantity', 0, 3);
      r.save();
      out.s.push(st());
      out.q.push(at());
    };
    move('itemfulfillment');
    move('itemreceipt');
    move('itemfulfillment');
    move('itemreceipt');
    return out;
  },
}));
