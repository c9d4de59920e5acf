/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const kit = record.create({ type: record.Type.KIT_ITEM });
    kit.setValue('itemid', 'BUNDLE');
    kit.setValue('subsidiary', [1]);
    kit.setValue('taxschedule', 1);
    [
      [801, 2],
      [802, 1],
    ].forEach(([item, quantity], line) => {
      kit.setSublistValue({ sublistId: 'member', fieldId: 'item', line, value: item });
      kit.setSublistValue({ sublistId: 'member', fieldId: 'quantity', line, value: quantity });
    });
    const id = kit.save();
    const rows = [];
    search
      .create({
        type: search.Type.KIT_ITEM,
        filters: [['internalid', 'anyof', id]],
        columns: ['itemid', 'memberitem', 'memberquantity', search.createColumn({ name: 'type', join: 'memberItem' })],
      })
      .run()
      .each((r) => {
        rows.push([
          r.getValue('itemid'),
          r.getText('memberitem'),
          r.getValue('memberquantity'),
          r.getValue({ name: 'type', join: 'memberItem' }),
        ]);
        return true;
      });
    out.rows = rows;
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
