/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/currency'], (record, search, currency) => ({
  post() {
    const out = { rate: currency.exchangeRate({ source: 'EUR', target: 'USD', date: new Date(2026, 10, 18) }) };
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', 510);
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 804);
    so.setCurrentSublistValue('item', 'quantity', 4);
    so.setCurrentSublistValue('item', 'rate', 12.5);
    so.commitLine('item');
    out.so = [so.getValue('currency'), so.getValue('exchangerate'), so.getText('currency'), so.getValue('total')];
    so.setValue('exchangerate', 1.2);
    const id = so.save();
    out.set = record.load({ type: 'salesorder', id }).getValue('exchangerate');
    const r = search
      .create({
        type: 'salesorder',
        filters: [['internalid', 'anyof', id], 'AND', ['mainline', 'is', 'T']],
        columns: ['amount', 'fxamount', 'exchangerate', 'currency'],
      })
      .run()
      .getRange(0, 1)[0];
    out.search = [r.getValue('amount'), r.getValue('fxamount'), r.getValue('exchangerate'), r.getText('currency')];
    record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    const iid = inv.save();
    const i = record.load({ type: 'invoice', id: iid });
    out.inv = [i.getValue('total'), i.getValue('exchangerate')];
    const bal = () => Number(search.lookupFields({ type: 'customer', id: 510, columns: 'balance' }).balance);
    out.bal = bal();
    const pay = record.transform({ fromType: 'invoice', fromId: iid, toType: 'customerpayment' });
    out.pay = [pay.getValue('payment'), pay.getValue('currency')];
    pay.save();
    out.pay.push(search.lookupFields({ type: 'invoice', id: iid, columns: 'status' }).status[0].text);
    out.balAfter = bal();
    const gb = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 511 } });
    out.gbp = [gb.getValue('currency'), gb.getValue('exchangerate')];
    return out;
  },
}));
