/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const of = (id) => Number(search.lookupFields({ type: 'item', id, columns: 'quantityonhand' }).quantityonhand || 0);
    const st = (id) => search.lookupFields({ type: 'workorder', id, columns: 'status' }).status[0].text;
    const adj = record.create({ type: 'inventoryadjustment', isDynamic: true });
    adj.setValue('subsidiary', 1);
    adj.setValue('account', 12);
    adj.selectNewLine('inventory');
    adj.setCurrentSublistValue('inventory', 'item', 801);
    adj.setCurrentSublistValue('inventory', 'location', 1);
    adj.setCurrentSublistValue('inventory', 'adjustqtyby', 20);
    adj.commitLine('inventory');
    adj.save();
    const wo = record.create({ type: 'workorder', isDynamic: true });
    wo.setValue('subsidiary', 1);
    wo.setValue('location', 1);
    wo.setValue('assemblyitem', 830);
    wo.setValue('quantity', 3);
    const id = wo.save();
    const w = record.load({ type: 'workorder', id });
    const out = {
      wo: [
        st(id),
        [...Array(w.getLineCount('item')).keys()].map((l) => [
          w.getSublistValue('item', 'item', l),
          w.getSublistValue('item', 'quantity', l),
        ]),
      ],
      stock: [[of(801), of(830)]],
    };
    const build = record.transform({ fromType: 'workorder', fromId: id, toType: 'assemblybuild', isDynamic: true });
    build.setValue('quantity', 1);
    build.save();
    out.part = [st(id), of(830)];
    out.stock.push([of(801), of(830)]);
    const rest = record.transform({ fromType: 'workorder', fromId: id, toType: 'assemblybuild' });
    out.left = rest.getValue('quantity');
    rest.save();
    out.end = [st(id), of(830)];
    out.stock.push([of(801), of(830)]);
    out.asm = [of(830), of(801)];
    return out;
  },
}));
