/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => {
  const findByExternal = (externalId) => {
    const rows = search
      .create({ type: 'salesorder', filters: [['externalid', 'anyof', externalId], 'AND', ['mainline', 'is', 'T']] })
      .run()
      .getRange(0, 1);
    return rows.length ? rows[0].id : null;
  };
  const upsert = (payload) => {
    const id = findByExternal(payload.id);
    const order = id
      ? record.load({ type: 'salesorder', id, isDynamic: true })
      : record.create({ type: 'salesorder', isDynamic: true });
    if (!id) {
      order.setValue('entity', payload.customer);
      order.setValue('externalid', payload.id);
      order.setValue('location', 1);
    }
    order.setValue('memo', payload.memo || '');
    const keep = payload.lines.map((l) => l.key);
    for (let i = order.getLineCount('item') - 1; i >= 0; i--)
      if (!keep.includes(order.getSublistValue('item', 'description', i)))
        order.removeLine({ sublistId: 'item', line: i });
    payload.lines.forEach((l) => {
      const at = order.findSublistLineWithValue({ sublistId: 'item', fieldId: 'description', value: l.key });
      if (at >= 0) order.selectLine({ sublistId: 'item', line: at });
      else {
        order.selectNewLine({ sublistId: 'item' });
        order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: l.item });
        order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'description', value: l.key });
      }
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: l.quantity });
      order.commitLine({ sublistId: 'item' });
    });
    return { id: order.save(), action: id ? 'update' : 'create' };
  };
  return {
    post() {
      const out = {};
      const one = upsert({
        id: 'WEB-9',
        customer: 501,
        memo: 'x',
        lines: [
          { key: 'A', item: 801, quantity: 2 },
          { key: 'B', item: 804, quantity: 1 },
          { key: 'C', item: 802, quantity: 1 },
        ],
      });
      const a = record.load({ type: 'salesorder', id: one.id });
      out.first = [one.action, a.getLineCount('item'), a.getValue('total')];
      out.memo = [a.getValue('memo')];
      const keyA = a.getSublistValue('item', 'lineuniquekey', 0);
      const two = upsert({
        id: 'WEB-9',
        customer: 501,
        lines: [
          { key: 'A', item: 801, quantity: 3 },
          { key: 'C', item: 802, quantity: 1 },
          { key: 'D', item: 804, quantity: 1 },
        ],
      });
      const b = record.load({ type: 'salesorder', id: two.id });
      out.second = [
        two.action,
        b.getLineCount('item'),
        b.getValue('total'),
        [0, 1, 2].map((l) => ['description', 'item', 'quantity'].map((f) => b.getSublistValue('item', f, l))),
      ];
      out.keys = b.getSublistValue('item', 'lineuniquekey', 0) === keyA;
      out.memo.push(b.getValue('memo'));
      out.find = findByExternal('WEB-9') === String(one.id) && findByExternal('web-9') === String(one.id);
      try {
        const dup = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
        dup.setValue('externalid', 'WEB-9');
        dup.setValue('location', 1);
        dup.selectNewLine('item');
        dup.setCurrentSublistValue('item', 'item', 802);
        dup.commitLine('item');
        dup.save();
      } catch (e) {
        out.dup = e.name;
      }
      return out;
    },
  };
});
