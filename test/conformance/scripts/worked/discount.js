/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const d = record.create({ type: 'discountitem' });
    d.setValue('itemid', 'TENOFF');
    d.setValue('rate', '-8%');
    d.setValue('account', 9);
    d.setValue('subsidiary', [1]);
    d.setValue('taxschedule', 1);
    const did = d.save();
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    for (const i of [801, did]) {
      so.selectNewLine('item');
      so.setCurrentSublistValue('item', 'item', i);
      if (i === 801) so.setCurrentSublistValue('item', 'quantity', 2);
      so.commitLine('item');
    }
    const id = so.save();
    const l = record.load({ type: 'salesorder', id });
    return {
      total: l.getValue('total'),
      lines: l.getLineCount('item'),
      item: l.getSublistValue('item', 'quantity', 0),
    };
  },
}));
