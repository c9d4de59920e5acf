/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/runtime'], (record, runtime) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    out.terms = so.getText('terms');
    for (const i of [801, 804]) {
      so.selectNewLine({ sublistId: 'item' });
      so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: i });
      so.commitLine({ sublistId: 'item' });
    }
    so.selectLine({ sublistId: 'item', line: 0 });
    so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: 9 });
    out.idx = so.getCurrentSublistIndex({ sublistId: 'item' });
    out.text = so.getCurrentSublistText({ sublistId: 'item', fieldId: 'item' });
    so.cancelLine({ sublistId: 'item' });
    out.q = so.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0 });
    so.selectLine({ sublistId: 'item', line: 1 });
    so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: 4 });
    out.amt = so.getCurrentSublistValue({ sublistId: 'item', fieldId: 'amount' });
    so.commitLine({ sublistId: 'item' });
    out.tot = so.getValue('total');
    so.removeLine({ sublistId: 'item', line: 0 });
    out.after = [so.getLineCount('item'), so.getValue('total')];
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
