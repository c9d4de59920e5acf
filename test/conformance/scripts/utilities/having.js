/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/runtime', 'N/record'], (search, runtime, record) => ({
  post() {
    const out = {};
    const so = (e, q) => {
      const r = record.create({ type: 'estimate' });
      r.setValue('entity', e);
      r.setValue('memo', 'HV');
      r.setSublistValue('item', 'item', 0, 802);
      r.setSublistValue('item', 'quantity', 0, q);
      return r.save();
    };
    so(501, 1);
    so(501, 2);
    so(502, 1);
    const s = search.create({
      type: 'estimate',
      filters: [
        search.createFilter({ name: 'mainline', operator: 'is', values: 'T' }),
        search.createFilter({ name: 'memomain', operator: 'is', values: 'HV' }),
        search.createFilter({
          name: 'amount',
          summary: search.Summary.SUM,
          operator: search.Operator.GREATERTHAN,
          values: 150,
        }),
      ],
      columns: [
        search.createColumn({ name: 'entity', summary: 'GROUP' }),
        search.createColumn({ name: 'amount', summary: 'SUM' }),
        search.createColumn({ name: 'internalid', summary: 'COUNT' }),
        search.createColumn({ name: 'amount', summary: 'MAX' }),
      ],
    });
    out.rows = s
      .run()
      .getRange(0, 10)
      .map((r) => s.columns.map((c) => (c.name === 'entity' ? r.getText(c) : r.getValue(c))));
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
