/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 840);
    so.setCurrentSublistValue('item', 'quantity', 3);
    const out = {
      line: [
        so.getCurrentSublistValue('item', 'createpo'),
        so.getCurrentSublistValue('item', 'povendor'),
        so.getCurrentSublistValue('item', 'porate'),
      ],
    };
    so.commitLine('item');
    const id = so.save();
    const po = record.create({
      type: record.Type.PURCHASE_ORDER,
      isDynamic: true,
      defaultValues: {
        recordmode: 'dropship',
        soid: id,
        custid: 501,
        entity: 701,
        dropship: 'T',
        poentity: 701,
        shipgroup: 1,
      },
    });
    out.po = [
      po.getValue('entity'),
      po.getLineCount('item'),
      ...['item', 'quantity', 'rate', 'amount'].map((f) => po.getSublistValue('item', f, 0)),
    ];
    const pid = po.save();
    const p = record.load({ type: 'purchaseorder', id: pid });
    out.from = String(p.getValue('createdfrom')) === String(id);
    out.ship = p.getSubrecord('shippingaddress').getValue('city');
    out.soLine =
      String(record.load({ type: 'salesorder', id }).getSublistValue('item', 'createdpo', 0)) === String(pid);
    out.status = [st('purchaseorder', pid), st('salesorder', id)];
    return out;
  },
}));
