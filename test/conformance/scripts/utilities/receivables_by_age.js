/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const bill = (days, amount) => {
      const i = record.create({ type: 'invoice' });
      i.setValue('entity', 502);
      i.setValue('memo', 'AGE');
      i.setValue('trandate', new Date(2026, 10, 18 - days));
      i.setValue('duedate', new Date(2026, 10, 18 - days));
      i.setSublistValue('item', 'item', 0, 802);
      i.setSublistValue('item', 'quantity', 0, 1);
      i.setSublistValue('item', 'rate', 0, amount);
      return i.save();
    };
    bill(0, 10);
    bill(5, 20);
    bill(45, 30);
    const B = (sql) =>
      search.createColumn({
        name: 'formulacurrency',
        formula: `CASE WHEN ${sql} THEN {amountremaining} ELSE 0 END`,
        summary: 'SUM',
      });
    const s = search.create({
      type: 'invoice',
      filters: [['mainline', 'is', 'T'], 'AND', ['memomain', 'is', 'AGE']],
      columns: [B('NVL({daysoverdue}, 0) <= 0'), B('{daysoverdue} BETWEEN 1 AND 30'), B('{daysoverdue} > 30')],
    });
    const r = s.run().getRange(0, 1)[0];
    out.b = s.columns.map((c) => Number(r.getValue(c)));
    return out;
  },
}));
