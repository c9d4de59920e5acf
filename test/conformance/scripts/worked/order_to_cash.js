/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime', 'N/format'], (record, search, runtime, format) => {
  const status = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
  return {
    post() {
      const out = {};
      const adj = record.create({ type: record.Type.INVENTORY_ADJUSTMENT, isDynamic: true });
      adj.setValue({ fieldId: 'subsidiary', value: 1 });
      adj.setValue({ fieldId: 'account', value: 12 });
      adj.selectNewLine({ sublistId: 'inventory' });
      adj.setCurrentSublistValue({ sublistId: 'inventory', fieldId: 'item', value: 801 });
      adj.setCurrentSublistValue({ sublistId: 'inventory', fieldId: 'location', value: 1 });
      adj.setCurrentSublistValue({ sublistId: 'inventory', fieldId: 'adjustqtyby', value: 10 });
      adj.setCurrentSublistValue({ sublistId: 'inventory', fieldId: 'unitcost', value: 5 });
      adj.commitLine({ sublistId: 'inventory' });
      adj.save();
      const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
      so.setValue('trandate', new Date(2026, 10, 22));
      so.setValue('location', 1);
      so.setValue('orderstatus', 'B');
      for (const [item, quantity] of [
        [801, 4],
        [802, 1],
      ]) {
        so.selectNewLine('item');
        so.setCurrentSublistValue('item', 'item', item);
        so.setCurrentSublistValue('item', 'quantity', quantity);
        so.commitLine('item');
      }
      const total = so.getValue('total');
      const soId = so.save();
      const f = search.lookupFields({ type: 'salesorder', id: soId, columns: ['statusref'] }).statusref[0];
      out.so = [f.text, f.value, total];
      const ff = record.transform({ fromType: 'salesorder', fromId: soId, toType: 'itemfulfillment', isDynamic: true });
      ff.setValue('shipstatus', 'C');
      ff.save();
      out.so1 = status('salesorder', soId);
      const inv = record.transform({ fromType: 'salesorder', fromId: soId, toType: 'invoice', isDynamic: true });
      inv.setValue('trandate', new Date(2026, 10, 22));
      const it = inv.getValue('total');
      const due = inv.getText('duedate');
      const invId = inv.save();
      const l = search.lookupFields({ type: 'invoice', id: invId, columns: ['amountremaining', 'status'] });
      out.inv = [it, Number(l.amountremaining), l.status[0].text, due];
      const pay = record.transform({ fromType: 'invoice', fromId: invId, toType: 'customerpayment', isDynamic: true });
      const n = pay.getLineCount('apply');
      const i = pay.findSublistLineWithValue('apply', 'internalid', String(invId));
      out.pay = [
        pay.getValue('payment'),
        n,
        pay.getSublistValue('apply', 'amount', i),
        pay.getSublistValue('apply', 'apply', i),
      ];
      pay.save();
      const l2 = search.lookupFields({ type: 'invoice', id: invId, columns: ['status', 'amountremaining'] });
      out.after = [l2.status[0].text, Number(l2.amountremaining)];
      out.soEnd = status('salesorder', soId);
      out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
      return out;
    },
  };
});
