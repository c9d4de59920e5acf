/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => {
  const status = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
  return {
    post() {
      const out = {};
      const so = record.create({ type: 'salesorder' });
      so.setValue({ fieldId: 'entity', value: 502 });
      so.setValue({ fieldId: 'location', value: 1 });
      so.setValue({ fieldId: 'orderstatus', value: 'B' });
      so.setSublistValue({ sublistId: 'item', fieldId: 'item', line: 0, value: 801 });
      so.setSublistValue({ sublistId: 'item', fieldId: 'quantity', line: 0, value: 2 });
      const soId = so.save({ enableSourcing: true, ignoreMandatoryFields: true });
      const ff = record.transform({ fromType: 'salesorder', fromId: soId, toType: 'itemfulfillment' });
      ff.setValue('shipstatus', 'C');
      ff.save();
      record.transform({ fromType: 'salesorder', fromId: soId, toType: 'invoice' }).save();
      const rma = record.transform({ fromType: 'salesorder', fromId: soId, toType: 'returnauthorization' });
      rma.setValue('orderstatus', 'B');
      const lines = rma.getLineCount({ sublistId: 'item' });
      const rmaId = rma.save();
      out.rma = [
        status('returnauthorization', rmaId),
        lines,
        record.load({ type: 'returnauthorization', id: rmaId }).getValue('total'),
      ];
      const rec = record.transform({
        fromType: record.Type.RETURN_AUTHORIZATION,
        fromId: rmaId,
        toType: record.Type.ITEM_RECEIPT,
      });
      rec.save();
      const cm = record.transform({
        fromType: 'returnauthorization',
        fromId: rmaId,
        toType: 'creditmemo',
        isDynamic: true,
      });
      for (let i = 0; i < cm.getLineCount('apply'); i++) {
        cm.selectLine('apply', i);
        cm.setCurrentSublistValue('apply', 'apply', false);
        cm.commitLine('apply');
      }
      const cmId = cm.save();
      const c = record.load({ type: 'creditmemo', id: cmId });
      out.cm = [c.getValue('total'), c.getValue('applied'), c.getValue('unapplied')];
      out.rmaEnd = status('returnauthorization', rmaId);
      const r = record.create({ type: 'customerrefund', isDynamic: true, defaultValues: { entity: 502 } });
      r.setValue('paymentmethod', 1);
      const line = r.findSublistLineWithValue('apply', 'doc', String(cmId));
      r.selectLine('apply', line);
      r.setCurrentSublistValue('apply', 'apply', true);
      r.commitLine('apply');
      const rid = r.save();
      const loaded = record.load({ type: 'customerrefund', id: rid });
      out.refund = [
        loaded.getValue('total'),
        loaded.getSublistValue('apply', 'apply', loaded.findSublistLineWithValue('apply', 'doc', String(cmId))),
      ];
      const e = search.lookupFields({ type: 'creditmemo', id: cmId, columns: ['status', 'amountremaining'] });
      out.cmEnd = [e.status[0].text, Number(e.amountremaining)];
      return out;
    },
  };
});
