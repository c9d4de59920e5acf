/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'cashsale' });
    so.setValue('entity', 502);
    so.setSublistValue('item', 'item', 0, 804);
    so.setSublistValue('item', 'quantity', 0, 6);
    so.save();
    out.r = search
      .create({
        type: 'item',
        filters: [['internalid', 'anyof', 804], 'AND', ['transaction.type', 'anyof', 'CashSale']],
        columns: [
          search.createColumn({ name: 'itemid', summary: 'GROUP' }),
          search.createColumn({ name: 'quantity', join: 'transaction', summary: 'SUM' }),
          search.createColumn({ name: 'amount', join: 'transaction', summary: 'SUM' }),
        ],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [
        r.getValue({ name: 'itemid', summary: 'GROUP' }),
        r.getValue({ name: 'quantity', join: 'transaction', summary: 'SUM' }),
        r.getValue({ name: 'amount', join: 'transaction', summary: 'SUM' }),
      ]);
    return out;
  },
}));
