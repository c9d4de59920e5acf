/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const adj = record.create({ type: 'inventoryadjustment', isDynamic: true });
    adj.setValue('subsidiary', 1);
    adj.setValue('account', 12);
    const it = record.create({ type: 'inventoryitem' });
    it.setValue('itemid', 'PLACED');
    it.setValue('subsidiary', [1]);
    it.setValue('assetaccount', 3);
    it.setValue('cogsaccount', 10);
    it.setValue('incomeaccount', 8);
    it.setValue('taxschedule', 1);
    const id = it.save();
    for (const [l, q] of [
      [1, 7],
      [2, 3],
    ]) {
      adj.selectNewLine('inventory');
      adj.setCurrentSublistValue('inventory', 'item', id);
      adj.setCurrentSublistValue('inventory', 'location', l);
      adj.setCurrentSublistValue('inventory', 'adjustqtyby', q);
      adj.setCurrentSublistValue('inventory', 'unitcost', 4);
      adj.commitLine('inventory');
    }
    const aid = adj.save();
    out.l = search
      .create({
        type: 'inventoryitem',
        filters: [['internalid', 'anyof', id]],
        columns: [
          search.createColumn({ name: 'inventorylocation', sort: 'ASC' }),
          'locationquantityonhand',
          'locationquantityavailable',
        ],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [
        r.getValue('inventorylocation'),
        Number(r.getValue('locationquantityonhand')),
        Number(r.getValue('locationquantityavailable')),
      ])
      .filter((r) => r[1]);
    out.a = search
      .create({
        type: 'inventoryadjustment',
        filters: [['internalid', 'anyof', aid], 'AND', ['mainline', 'is', 'F']],
        columns: ['item', 'location', 'quantity', 'amount'],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getText('item'), r.getValue('location'), r.getValue('quantity'), r.getValue('amount')]);
    const t = search.lookupFields({ type: 'item', id, columns: ['quantityonhand', 'averagecost', 'totalvalue'] });
    out.t = [Number(t.quantityonhand), Number(t.averagecost), Number(t.totalvalue)];
    return out;
  },
}));
