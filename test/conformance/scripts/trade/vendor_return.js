/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const onHand = () =>
      Number(search.lookupFields({ type: 'inventoryitem', id: 801, columns: 'quantityonhand' }).quantityonhand);
    const po = record.create({ type: 'purchaseorder', isDynamic: true, defaultValues: { entity: 701 } });
    po.setValue('location', 1);
    po.selectNewLine('item');
    po.setCurrentSublistValue('item', 'item', 801);
    po.setCurrentSublistValue('item', 'quantity', 8);
    po.commitLine('item');
    const id = po.save();
    record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' }).save();
    record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'vendorbill' }).save();
    const out = { qty: [onHand()] };
    const vra = record.create({ type: 'vendorreturnauthorization', isDynamic: true });
    vra.setValue('entity', 701);
    vra.setValue('location', 1);
    vra.setValue('orderstatus', 'B');
    vra.selectNewLine('item');
    vra.setCurrentSublistValue('item', 'item', 801);
    vra.setCurrentSublistValue('item', 'quantity', 2);
    vra.commitLine('item');
    const vid = vra.save();
    out.s = [st('vendorreturnauthorization', vid)];
    const ff = record.transform({ fromType: 'vendorreturnauthorization', fromId: vid, toType: 'itemfulfillment' });
    ff.setValue('shipstatus', 'C');
    ff.save();
    out.s.push(st('vendorreturnauthorization', vid));
    out.qty.push(onHand());
    const vc = record.transform({ fromType: 'vendorreturnauthorization', fromId: vid, toType: 'vendorcredit' });
    const cid = vc.save();
    out.s.push(st('vendorreturnauthorization', vid));
    out.vc = [record.load({ type: 'vendorcredit', id: cid }).getValue('total'), st('vendorcredit', cid)];
    return out;
  },
}));
