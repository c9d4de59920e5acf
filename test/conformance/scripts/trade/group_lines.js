/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post: () => {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    so.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 821 });
    so.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 3 });
    const id = so.save();
    const rec = record.load({ type: 'salesorder', id });
    const n = rec.getLineCount({ sublistId: 'item' });
    const lines = [];
    for (let line = 0; line < n; line++)
      lines.push(
        ['item', 'itemtype', 'quantity', 'amount'].map((fieldId) =>
          rec.getSublistValue({ sublistId: 'item', fieldId, line }),
        ),
      );
    const out = { n, lines, total: rec.getValue('total') };
    out.in = [0, 1, 2].map(
      (line) =>
        rec.getSublistValue({ sublistId: 'item', fieldId: 'ingroup', line }) === true ||
        rec.getSublistValue({ sublistId: 'item', fieldId: 'ingroup', line }) === 'T',
    );
    const ff = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    out.ff = [...Array(ff.getLineCount('item')).keys()].filter(
      (i) => ff.getSublistValue('item', 'item', i) === '801',
    ).length;
    ff.save();
    const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    out.inv = [inv.getLineCount('item'), inv.getValue('total')];
    inv.save();
    return out;
  },
}));
