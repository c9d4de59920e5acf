/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const loc = (l) => {
      const r = search
        .create({
          type: 'item',
          filters: [['internalid', 'anyof', 801], 'AND', ['inventorylocation', 'anyof', l]],
          columns: ['locationquantityonhand'],
        })
        .run()
        .getRange(0, 1)[0];
      return Number(r ? r.getValue('locationquantityonhand') : 0);
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
    const a = [loc(1), loc(2)];
    const to = record.create({ type: 'transferorder', isDynamic: true });
    to.setValue('subsidiary', 1);
    to.setValue('location', 1);
    to.setValue('transferlocation', 2);
    to.setValue('orderstatus', 'B');
    to.selectNewLine('item');
    to.setCurrentSublistValue('item', 'item', 801);
    to.setCurrentSublistValue('item', 'quantity', 4);
    to.commitLine('item');
    const id = to.save();
    const st = () => search.lookupFields({ type: 'transferorder', id, columns: 'status' }).status[0].text;
    const out = { st: [st()] };
    const f = record.transform({ fromType: 'transferorder', fromId: id, toType: 'itemfulfillment' });
    f.setValue('shipstatus', 'C');
    f.save();
    out.st.push(st());
    record.transform({ fromType: 'transferorder', fromId: id, toType: 'itemreceipt' }).save();
    out.st.push(st());
    out.qty = [loc(1) - a[0] + 10, loc(2) - a[1]];
    return out;
  },
}));
