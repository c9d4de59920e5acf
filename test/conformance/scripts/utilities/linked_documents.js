/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 502);
    so.setValue('orderstatus', 'B');
    so.setSublistValue('item', 'item', 0, 804);
    so.setSublistValue('item', 'quantity', 0, 2);
    const sid = so.save();
    const ff = record.transform({ fromType: 'salesorder', fromId: sid, toType: 'itemfulfillment' });
    ff.setValue('shipstatus', 'C');
    const fid = ff.save();
    const iid = record.transform({ fromType: 'salesorder', fromId: sid, toType: 'invoice' }).save();
    const line = search
      .create({
        type: 'salesorder',
        filters: [['internalid', 'anyof', sid], 'AND', ['mainline', 'is', 'F']],
        columns: [
          'fulfillingtransaction',
          'billingtransaction',
          'quantityshiprecv',
          'quantitybilled',
          search.createColumn({ name: 'status', join: 'fulfillingtransaction' }),
        ],
      })
      .run()
      .getRange(0, 3)[0];
    out.l = [
      line.getValue('fulfillingtransaction') == fid,
      line.getValue('billingtransaction') == iid,
      line.getValue('quantityshiprecv'),
      line.getValue('quantitybilled'),
      line.getText({ name: 'status', join: 'fulfillingtransaction' }),
    ];
    out.inv = search
      .create({
        type: 'invoice',
        filters: [['createdfrom', 'anyof', sid], 'AND', ['mainline', 'is', 'T']],
        columns: [
          'tranid',
          search.createColumn({ name: 'trandate', join: 'createdfrom' }),
          search.createColumn({ name: 'type', join: 'createdfrom' }),
        ],
      })
      .run()
      .getRange(0, 3)
      .map((r) => r.getText({ name: 'type', join: 'createdfrom' }));
    return out;
  },
}));
