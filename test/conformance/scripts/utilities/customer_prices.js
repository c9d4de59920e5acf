/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const out = {};
    const c = record.create({ type: 'customer' });
    c.setValue('companyname', 'Priced');
    c.setValue('subsidiary', 1);
    c.setSublistValue('itempricing', 'item', 0, 801);
    c.setSublistValue('itempricing', 'level', 0, -1);
    c.setSublistValue('itempricing', 'price', 0, 19);
    const id = c.save();
    const b = record.load({ type: 'customer', id });
    out.n = [
      b.getLineCount('itempricing'),
      b.getSublistText('itempricing', 'item', 0),
      b.getSublistValue('itempricing', 'price', 0),
    ];
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', id);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 801);
    out.rate = so.getCurrentSublistValue('item', 'rate');
    return out;
  },
}));
