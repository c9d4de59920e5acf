/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => {
  const addLine = (rec, item, quantity) => {
    rec.selectNewLine('item');
    rec.setCurrentSublistValue('item', 'item', item);
    if (quantity) rec.setCurrentSublistValue('item', 'quantity', quantity);
    rec.commitLine('item');
  };
  return {
    post: () => {
      const so = record.create({ type: 'salesorder', isDynamic: true });
      so.setValue('entity', 501);
      so.setValue('location', 1);
      addLine(so, 801, 2);
      addLine(so, 825);
      addLine(so, 804, 4);
      addLine(so, 822);
      addLine(so, 824);
      addLine(so, 823);
      const out = { dynamic: so.getValue('total') };
      const rec = record.load({ type: 'salesorder', id: so.save() });
      const col = (fieldId) =>
        Array.from({ length: rec.getLineCount('item') }, (_, line) =>
          rec.getSublistValue({ sublistId: 'item', fieldId, line }),
        );
      out.amounts = col('amount');
      out.types = col('itemtype');
      out.rate = rec.getSublistText({ sublistId: 'item', fieldId: 'rate', line: 1 });
      out.total = rec.getValue({ fieldId: 'total' });
      out.text = rec.getSublistValue({ sublistId: 'item', fieldId: 'description', line: 5 });
      out.qty = [1, 3, 5].map((i) => col('quantity')[i]);
      const inv = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 501 } });
      addLine(inv, 804, 2);
      addLine(inv, 826);
      out.flat = inv.getValue('total');
      inv.save();
      return out;
    },
  };
});
