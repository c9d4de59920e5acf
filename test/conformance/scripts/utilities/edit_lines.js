/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/runtime'], (record, runtime) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder' });
    so.setValue({ fieldId: 'entity', value: 501 });
    const put = (line, item, q) => {
      so.setSublistValue({ sublistId: 'item', fieldId: 'item', line, value: item });
      so.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line, value: q });
    };
    put(0, 801, 1);
    put(1, 802, 2);
    so.insertLine({ sublistId: 'item', line: 1 });
    put(1, 804, 5);
    out.n = so.getLineCount({ sublistId: 'item' });
    out.at = so.findSublistLineWithValue({ sublistId: 'item', fieldId: 'item', value: '802' });
    so.removeLine({ sublistId: 'item', line: 0 });
    const id = so.save();
    const b = record.load({ type: 'salesorder', id });
    out.lines = [0, 1].map((line) => [
      b.getSublistText({ sublistId: 'item', fieldId: 'item', line }),
      b.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line }),
      b.getSublistValue({ sublistId: 'item', fieldId: 'amount', line }),
    ]);
    out.total = b.getValue('total');
    out.sub = b.getValue('subtotal');
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
