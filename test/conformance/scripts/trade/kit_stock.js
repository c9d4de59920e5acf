/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => {
  const stock = (id) => {
    const v = search.lookupFields({ type: 'item', id, columns: ['quantityonhand', 'quantitycommitted'] });
    return [Number(v.quantityonhand), Number(v.quantitycommitted)];
  };
  return {
    post() {
      const adj = record.create({ type: record.Type.INVENTORY_ADJUSTMENT, isDynamic: true });
      adj.setValue('subsidiary', 1);
      adj.setValue('account', 12);
      adj.selectNewLine('inventory');
      adj.setCurrentSublistValue('inventory', 'item', 801);
      adj.setCurrentSublistValue('inventory', 'location', 1);
      adj.setCurrentSublistValue('inventory', 'adjustqtyby', 10);
      adj.commitLine('inventory');
      adj.save();
      const so = record.create({ type: 'salesorder', isDynamic: true });
      so.setValue('entity', 501);
      so.setValue('location', 1);
      so.selectNewLine('item');
      so.setCurrentSublistValue('item', 'item', 820);
      so.setCurrentSublistValue('item', 'quantity', 2);
      so.commitLine('item');
      const out = { before: stock(801)[0] };
      const id = so.save();
      const loaded = record.load({ type: 'salesorder', id });
      out.total = loaded.getValue('total');
      out.type = loaded.getSublistValue('item', 'itemtype', 0);
      out.committed = stock(801)[1];
      const ff = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
      out.ff = ff.findSublistLineWithValue({ sublistId: 'item', fieldId: 'item', value: 820 }) === 0;
      ff.setValue('shipstatus', 'C');
      ff.save();
      out.after = stock(801);
      out.status = search.lookupFields({ type: 'salesorder', id, columns: 'status' }).status[0].text;
      const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
      out.inv = inv.getValue('total');
      inv.save();
      return out;
    },
  };
});
