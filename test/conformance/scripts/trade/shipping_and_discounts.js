/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const make = (set) => {
      const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
      so.setValue('location', 1);
      so.selectNewLine('item');
      so.setCurrentSublistValue('item', 'item', 804);
      so.setCurrentSublistValue('item', 'quantity', 8);
      so.commitLine('item');
      set(so);
      return so;
    };
    const sums = (r, ...f) => f.map((id) => r.getValue(id) || 0);
    const a = make((so) => {
      so.setValue('discountitem', 825);
      so.setValue('shipmethod', 1);
      so.setValue('shippingcost', 15);
    });
    const out = { rate: a.getText('discountrate') };
    const id = a.save();
    const l = record.load({ type: 'salesorder', id });
    out.a = sums(l, 'subtotal', 'discounttotal', 'shippingcost', 'total');
    out.tax = l.getValue('taxtotal') || 0;
    const b = make((so) => {
      so.setValue('discountitem', 826);
      so.setValue('discountrate', -7.5);
    });
    out.flat = sums(record.load({ type: 'salesorder', id: b.save() }), 'subtotal', 'discounttotal', 'total');
    record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    const iid = inv.save();
    const i = record.load({ type: 'invoice', id: iid });
    out.inv = sums(i, 'subtotal', 'discounttotal', 'shippingcost', 'total');
    out.items = [i.getSublistValue('item', 'amount', 0)];
    const c = record.load({ type: 'salesorder', id, isDynamic: true });
    c.setValue('discountitem', '');
    c.setValue('discountrate', '');
    c.setValue('shippingcost', 0);
    c.save();
    out.cleared = sums(record.load({ type: 'salesorder', id }), 'subtotal', 'discounttotal', 'total');
    return out;
  },
}));
