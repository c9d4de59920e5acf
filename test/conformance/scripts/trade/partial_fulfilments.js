/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 502).setValue('location', 1).setValue('orderstatus', 'B');
    [
      [801, 10],
      [804, 3],
    ].forEach(([item, qty], line) => {
      so.setSublistValue({ sublistId: 'item', fieldId: 'item', line, value: item });
      so.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line, value: qty });
    });
    const id = so.save();
    const status = () => search.lookupFields({ type: 'salesorder', id, columns: ['status'] }).status[0].text;
    const quantities = () => {
      const r = record.load({ type: 'salesorder', id });
      return [0, 1].map((line) => r.getSublistValue({ sublistId: 'item', fieldId: 'quantityfulfilled', line }));
    };
    const fulfil = (keep) => {
      const ff = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment', isDynamic: true });
      const n = ff.getLineCount('item');
      for (let i = 0; i < n; i++) {
        ff.selectLine({ sublistId: 'item', line: i });
        const item = ff.getCurrentSublistValue({ sublistId: 'item', fieldId: 'item' });
        if (keep[item] === undefined)
          ff.setCurrentSublistValue({ sublistId: 'item', fieldId: 'itemreceive', value: false });
        else ff.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: keep[item] });
        ff.commitLine({ sublistId: 'item' });
      }
      ff.setValue({ fieldId: 'shipstatus', value: 'C' });
      return ff.save();
    };
    const loaded = record.load({ type: 'salesorder', id });
    const out = {
      open: [loaded.getValue('status'), loaded.getValue('statusRef'), loaded.getValue('orderstatus')],
      s: [],
      q: [],
    };
    fulfil({ 801: 4 });
    out.s.push(status());
    out.q.push(quantities());
    fulfil({ 804: 3 });
    out.s.push(status());
    out.q.push(quantities());
    const rest = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    out.rest = [];
    for (let i = 0; i < rest.getLineCount('item'); i++)
      out.rest.push([rest.getSublistValue('item', 'item', i), rest.getSublistValue('item', 'quantity', i)]);
    const over = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    over.setSublistValue('item', 'quantity', 0, 60);
    try {
      over.save();
    } catch (e) {
      out.over = e.name;
    }
    const last = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    last.setValue('shipstatus', 'A');
    const lastId = last.save();
    out.pick = [search.lookupFields({ type: 'itemfulfillment', id: lastId, columns: 'status' }).status[0].text];
    for (const s of ['B', 'C']) {
      const f = record.load({ type: 'itemfulfillment', id: lastId });
      f.setValue('shipstatus', s);
      f.save();
      out.pick.push(search.lookupFields({ type: 'itemfulfillment', id: lastId, columns: 'status' }).status[0].text);
    }
    out.s.push(status());
    out.q.push(quantities());
    out.links = search
      .create({ type: 'itemfulfillment', filters: [['createdfrom', 'anyof', id], 'AND', ['mainline', 'is', 'T']] })
      .runPaged().count;
    try {
      record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    } catch (e) {
      out.name = e.name;
    }
    return out;
  },
}));
