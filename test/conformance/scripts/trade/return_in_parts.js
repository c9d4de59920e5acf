/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 502 } });
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 801);
    so.setCurrentSublistValue('item', 'quantity', 4);
    so.commitLine('item');
    const id = so.save();
    record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' }).save();
    record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' }).save();
    const rma = record.transform({
      fromType: 'salesorder',
      fromId: id,
      toType: 'returnauthorization',
      isDynamic: true,
    });
    rma.setValue('orderstatus', 'B');
    const out = { rma: [rma.getSublistValue('item', 'quantity', 0), rma.getValue('total')] };
    const rid = rma.save();
    out.rma.unshift(st('returnauthorization', rid));
    const part = record.transform({
      fromType: 'returnauthorization',
      fromId: rid,
      toType: 'itemreceipt',
      isDynamic: true,
    });
    part.selectLine('item', 0);
    part.setCurrentSublistValue('item', 'quantity', 1);
    part.commitLine('item');
    part.save();
    out.part = st('returnauthorization', rid);
    record.transform({ fromType: 'returnauthorization', fromId: rid, toType: 'itemreceipt' }).save();
    out.full = st('returnauthorization', rid);
    const cm = record.transform({ fromType: 'returnauthorization', fromId: rid, toType: 'creditmemo' });
    const cid = cm.save();
    const c = record.load({ type: 'creditmemo', id: cid });
    out.credit = [c.getValue('total'), c.getValue('unapplied')];
    out.end = st('returnauthorization', rid);
    out.cm = [
      st('creditmemo', cid),
      Number(search.lookupFields({ type: 'creditmemo', id: cid, columns: 'amountremaining' }).amountremaining),
    ];
    const alone = record.create({ type: 'returnauthorization', isDynamic: true, defaultValues: { entity: 502 } });
    alone.setValue('orderstatus', 'A');
    alone.selectNewLine('item');
    alone.setCurrentSublistValue('item', 'item', 804);
    alone.setCurrentSublistValue('item', 'quantity', 2);
    alone.commitLine('item');
    const aid = alone.save();
    out.appr = [st('returnauthorization', aid)];
    const again = record.load({ type: 'returnauthorization', id: aid });
    again.setValue('orderstatus', 'B');
    again.save();
    out.appr.push(st('returnauthorization', aid));
    const close = record.load({ type: 'returnauthorization', id: aid });
    close.setSublistValue('item', 'isclosed', 0, true);
    close.save();
    out.closed = st('returnauthorization', aid);
    return out;
  },
}));
