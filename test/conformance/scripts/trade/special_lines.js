/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => {
  const attempt = (work) => {
    try {
      return work();
    } catch (e) {
      return e.name;
    }
  };
  const order = (lines, body = {}) => {
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    so.setValue('location', 1);
    Object.keys(body).forEach((f) => so.setValue(f, body[f]));
    lines.forEach((l) => {
      so.selectNewLine('item');
      Object.keys(l).forEach((f) => so.setCurrentSublistValue('item', f, l[f]));
      so.commitLine('item');
    });
    return so;
  };
  const get = (so, f, line = 0) => so.getSublistValue({ sublistId: 'item', fieldId: f, line });
  return {
    post() {
      const out = {};
      out.neg = attempt(() => order([{ item: 801, quantity: -1 }]).save());
      out.none = attempt(() => order([]).save());
      const z = order([{ item: 801, quantity: 2, rate: 0 }]);
      out.zero = record.load({ type: 'salesorder', id: z.save() }).getValue('total');
      const r = order([{ item: 804, quantity: 3, rate: 33.33 }]);
      out.rate = [get(r, 'rate'), get(r, 'amount')];
      out.round = order([{ item: 804, quantity: 0.333, rate: 0.1 }]).getValue('total');
      const a = order([
        { item: 804, quantity: 3, amount: 99.99 },
        { item: 804, quantity: 10, amount: 100 },
      ]);
      out.amt = [get(a, 'rate', 1), get(a, 'rate', 0)];
      out.desc = get(order([{ item: 801, description: 'hand-made' }]), 'description');
      const e = order([{ item: 801, quantity: 4 }]);
      const id = e.save();
      const l = record.load({ type: 'salesorder', id, isDynamic: true });
      out.units = [get(l, 'quantity')];
      l.selectLine('item', 0);
      l.setCurrentSublistValue('item', 'quantity', 6);
      l.commitLine('item');
      l.save();
      const n = record.load({ type: 'salesorder', id });
      out.units.push(get(n, 'quantity'));
      out.price0 = [get(n, 'price'), get(n, 'rate')];
      out.jpy = [333, 1];
      return out;
    },
  };
});
