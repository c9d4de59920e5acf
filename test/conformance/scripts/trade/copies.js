/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const out = {};
    const po = record.create({ type: 'purchaseorder', isDynamic: true, defaultValues: { entity: 701 } });
    po.setValue('location', 1);
    po.setValue('memo', 'first');
    po.selectNewLine('item');
    po.setCurrentSublistValue('item', 'item', 801);
    po.setCurrentSublistValue('item', 'quantity', 6);
    po.commitLine('item');
    const id = po.save();
    record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' }).save();
    record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'vendorbill' }).save();
    const left = runtime.getCurrentScript().getRemainingUsage();
    const copy = record.copy({ type: 'purchaseorder', id });
    out.units = left - runtime.getCurrentScript().getRemainingUsage();
    out.po = [copy.getSublistValue('item', 'quantityreceived', 0) || '', copy.getSublistValue('item', 'quantity', 0)];
    out.memo = copy.getValue('memo');
    const cid = copy.save();
    out.po.push(st('purchaseorder', cid), cid !== id);
    const inv = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 501 } });
    inv.selectNewLine('item');
    inv.setCurrentSublistValue('item', 'item', 804);
    inv.setCurrentSublistValue('item', 'quantity', 4);
    inv.commitLine('item');
    const iid = inv.save();
    record.transform({ fromType: 'invoice', fromId: iid, toType: 'customerpayment' }).save();
    const ic = record.copy({ type: 'invoice', id: iid, isDynamic: true });
    out.line = [ic.getSublistValue('item', 'item', 0) === '804', ic.getSublistValue('item', 'lineuniquekey', 0) || ''];
    const icid = ic.save();
    const l = record.load({ type: 'invoice', id: icid });
    out.inv = [
      l.getValue('status'),
      l.getValue('amountremaining'),
      l.getValue('createdfrom') || '',
      Number(l.getValue('amountpaid')),
    ];
    const so = record.create({ type: 'salesorder', defaultValues: { entity: 501 } });
    so.setValue('location', 1);
    [
      [801, 2],
      [804, 1],
    ].forEach(([item, q], line) => {
      so.setSublistValue('item', 'item', line, item);
      so.setSublistValue('item', 'quantity', line, q);
    });
    const sid = so.save();
    record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment' }).save();
    const sc = record.load({ type: 'salesorder', id: record.copy({ type: 'salesorder', id: sid }).save() });
    out.so = [
      sc.getLineCount('item'),
      sc.getValue('total'),
      sc.getValue('orderstatus') === 'B' && !sc.getSublistValue('item', 'quantityfulfilled', 0),
    ];
    return out;
  },
}));
