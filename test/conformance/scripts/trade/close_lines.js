/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const make = (type, entity, lines) => {
      const r = record.create({ type, isDynamic: true });
      r.setValue('entity', entity);
      r.setValue('location', 1);
      lines.forEach(([item, quantity]) => {
        r.selectNewLine('item');
        r.setCurrentSublistValue('item', 'item', item);
        r.setCurrentSublistValue('item', 'quantity', quantity);
        r.setCurrentSublistValue('item', 'rate', 4);
        r.commitLine('item');
      });
      return r.save();
    };
    const close = (type, id, lines, value = true) => {
      const r = record.load({ type, id, isDynamic: true });
      lines.forEach((line) => {
        r.selectLine({ sublistId: 'item', line });
        r.setCurrentSublistValue({ sublistId: 'item', fieldId: 'isclosed', value });
        r.commitLine({ sublistId: 'item' });
      });
      r.save();
    };
    const id = make('salesorder', 501, [
      [801, 2],
      [804, 3],
    ]);
    const out = { s: [st('salesorder', id)] };
    close('salesorder', id, [1]);
    out.s.push(st('salesorder', id));
    out.search = search
      .create({
        type: 'salesorder',
        filters: [
          ['internalid', 'anyof', id],
          'AND',
          ['mainline', 'is', 'F'],
          'AND',
          ['taxline', 'is', 'F'],
          'AND',
          ['shipping', 'is', 'F'],
        ],
        columns: [search.createColumn({ name: 'line', sort: 'ASC' }), 'closed'],
      })
      .run()
      .getRange(0, 9)
      .map((r) => (r.getValue('closed') === true || r.getValue('closed') === 'T' ? 'T' : 'F'));
    const ff = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    out.ff = [...Array(ff.getLineCount('item')).keys()].map((l) => [
      ff.getSublistValue('item', 'item', l),
      ff.getSublistValue('item', 'quantity', l),
    ]);
    close('salesorder', id, [0]);
    out.s.push(st('salesorder', id));
    try {
      record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    } catch (e) {
      out.name = e.name;
    }
    close('salesorder', id, [0], false);
    out.reopened = st('salesorder', id);
    const po = make('purchaseorder', 701, [[801, 5]]);
    out.po = [st('purchaseorder', po)];
    close('purchaseorder', po, [0]);
    out.po.push(st('purchaseorder', po));
    const two = make('salesorder', 502, [
      [804, 2],
      [804, 8],
    ]);
    const f2 = record.transform({ fromType: 'salesorder', fromId: two, toType: 'itemfulfillment' });
    f2.setSublistValue('item', 'itemreceive', 1, false);
    f2.save();
    const inv = record.transform({ fromType: 'salesorder', fromId: two, toType: 'invoice' });
    while (inv.getLineCount('item') > 1) inv.removeLine({ sublistId: 'item', line: 1 });
    inv.save();
    close('salesorder', two, [1]);
    out.part = [
      st('salesorder', two),
      record.load({ type: 'salesorder', id: two }).getSublistValue('item', 'isclosed', 1),
    ];
    out.commit = [
      Number(search.lookupFields({ type: 'item', id: 804, columns: 'quantitycommitted' }).quantitycommitted || 0),
    ];
    return out;
  },
}));
