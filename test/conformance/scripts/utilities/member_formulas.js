/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const kit = record.create({ type: 'kititem' });
    kit.setValue('itemid', 'KF');
    kit.setValue('subsidiary', [1]);
    kit.setValue('taxschedule', 1);
    [
      [801, 2],
      [804, 3],
    ].forEach(([item, quantity], line) => {
      kit.setSublistValue('member', 'item', line, item);
      kit.setSublistValue('member', 'quantity', line, quantity);
    });
    const id = kit.save();
    const s = search.create({
      type: 'item',
      filters: [['internalid', 'anyof', id]],
      columns: [
        search.createColumn({ name: 'formulatext', formula: "{itemid} || '/' || {memberitem}" }),
        search.createColumn({ name: 'formulanumeric', formula: '{memberquantity} * {memberitem.baseprice}' }),
      ],
    });
    out.r = s
      .run()
      .getRange(0, 5)
      .map((r) => s.columns.map((c) => r.getValue(c)))
      .sort();
    out.used = search
      .create({
        type: 'item',
        filters: [['memberitem.internalid', 'anyof', 804], 'AND', ['type', 'anyof', 'Kit']],
        columns: ['itemid'],
      })
      .run()
      .getRange(0, 5)
      .map((r) => r.getValue('itemid'));
    return out;
  },
}));
