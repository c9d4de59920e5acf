/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const of = (id, f = 'quantityonhand') => Number(search.lookupFields({ type: 'item', id, columns: f })[f] || 0);
    const at = (loc) => {
      const r = search
        .create({
          type: 'item',
          filters: [['internalid', 'anyof', 801], 'AND', ['inventorylocation', 'anyof', loc]],
          columns: ['locationquantityonhand'],
        })
        .run()
        .getRange(0, 1)[0];
      return r ? Number(r.getValue('locationquantityonhand') || 0) : 0;
    };
    const adjust = (qty, cost) => {
      const adj = record.create({ type: record.Type.INVENTORY_ADJUSTMENT });
      adj.setValue('subsidiary', 1);
      adj.setValue('account', 12);
      adj.setValue('adjlocation', 1);
      adj.setSublistValue('inventory', 'item', 0, 801);
      adj.setSublistValue('inventory', 'location', 0, 1);
      adj.setSublistValue('inventory', 'adjustqtyby', 0, qty);
      if (cost) adj.setSublistValue('inventory', 'unitcost', 0, cost);
      return adj.save();
    };
    const out = {};
    adjust(20, 5);
    out.adj = [of(801), of(801, 'averagecost')];
    const b = adjust(-3);
    const row = search
      .create({
        type: 'inventoryadjustment',
        filters: [['internalid', 'anyof', b], 'AND', ['mainline', 'is', 'F']],
        columns: ['quantity'],
      })
      .run()
      .getRange(0, 1)[0];
    out.neg = [of(801), row.getValue('quantity')];
    const t = record.create({ type: 'inventorytransfer', isDynamic: true });
    t.setValue('subsidiary', 1);
    t.setValue('location', 1);
    t.setValue('transferlocation', 2);
    t.selectNewLine('inventory');
    t.setCurrentSublistValue('inventory', 'item', 801);
    t.setCurrentSublistValue('inventory', 'adjustqtyby', 5);
    t.commitLine('inventory');
    t.save();
    out.transfer = [[at(1), at(2)], [of(801)]];
    out.avg = of(801, 'averagecost');
    const build = record.create({ type: 'assemblybuild', isDynamic: true });
    build.setValue('subsidiary', 1);
    build.setValue('location', 1);
    build.setValue('item', 830);
    build.setValue('quantity', 2);
    build.save();
    out.asm = [of(830), of(801)];
    const un = record.create({ type: 'assemblyunbuild', isDynamic: true });
    un.setValue('subsidiary', 1);
    un.setValue('location', 1);
    un.setValue('item', 830);
    un.setValue('quantity', 1);
    un.save();
    out.unbuild = [of(830), of(801)];
    try {
      record.create({ type: 'inventoryadjustment' }).save();
    } catch (e) {
      out.err = e.name;
    }
    return out;
  },
}));
