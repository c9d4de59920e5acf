/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    [
      [804, 1],
      [802, 2],
    ].forEach(([item, q], line) => {
      so.setSublistValue('item', 'item', line, item);
      so.setSublistValue('item', 'quantity', line, q);
    });
    const id = so.save();
    const cols = (rec, ...fields) =>
      [...Array(rec.getLineCount('item')).keys()].map((l) => fields.map((f) => rec.getSublistValue('item', f, l)));
    const first = record.load({ type: 'salesorder', id });
    const keys = cols(first, 'lineuniquekey').flat();
    const out = { order: cols(first, 'line').flat().map(Number) };
    const ffId = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    out.ff = cols(record.load({ type: 'itemfulfillment', id: ffId }), 'orderline')
      .flat()
      .map(Number);
    const invId = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' }).save();
    const inv = record.load({ type: 'invoice', id: invId });
    out.inv = cols(inv, 'line', 'orderline').map((r) => r.map(Number));
    out.diff = cols(inv, 'lineuniquekey')
      .flat()
      .every((k) => !keys.includes(k));
    const again = record.load({ type: 'salesorder', id });
    out.keys = JSON.stringify(cols(again, 'lineuniquekey').flat()) === JSON.stringify(keys);
    out.fill = search
      .create({
        type: 'salesorder',
        filters: [
          ['internalid', 'anyof', id],
          'AND',
          ['mainline', 'is', 'F'],
          'AND',
          ['item', 'anyof', 804],
          'AND',
          ['applyingtransaction', 'noneof', '@NONE@'],
        ],
        columns: ['applyingtransaction', search.createColumn({ name: 'type', join: 'applyingTransaction' })],
      })
      .run()
      .getRange(0, 9)
      .map((r) => r.getText({ name: 'type', join: 'applyingTransaction' }))
      .sort()
      .reverse();
    record.delete({ type: 'invoice', id: invId });
    const edit = record.load({ type: 'salesorder', id, isDynamic: true });
    edit.removeLine({ sublistId: 'item', line: 1 });
    edit.selectNewLine('item');
    edit.setCurrentSublistValue('item', 'item', 801);
    edit.commitLine('item');
    edit.save();
    const last = record.load({ type: 'salesorder', id });
    out.after = cols(last, 'line', 'item').map(([l, i]) => [Number(l), i]);
    out.uniq = new Set([...keys, ...cols(last, 'lineuniquekey').flat()]).size === 3;
    return out;
  },
}));
