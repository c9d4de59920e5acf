/**
 * @NApiVersion 2.x
 * @NScriptType UserEventScript
 * @NModuleScope SameAccount
 */
define(['N/record', 'N/search', 'N/log'], function (record, search, log) {
  function afterSubmit(context) {
    if (context.type === context.UserEventType.DELETE) return;
    var shipped = context.newRecord.getValue({ fieldId: 'shipstatus' }) === 'C';
    if (!shipped) return;
    if (context.oldRecord && context.oldRecord.getValue({ fieldId: 'shipstatus' }) === 'C') return;
    var orderId = context.newRecord.getValue({ fieldId: 'createdfrom' });
    var from = search.lookupFields({ type: 'transaction', id: orderId, columns: ['recordtype', 'status'] });
    if (from.recordtype !== 'salesorder') return;
    var invoice = record.transform({
      fromType: record.Type.SALES_ORDER,
      fromId: orderId,
      toType: record.Type.INVOICE,
      isDynamic: true,
    });
    var lines = invoice.getLineCount({ sublistId: 'item' });
    for (var i = lines - 1; i >= 0; i--) {
      var orderLine = invoice.getSublistValue({ sublistId: 'item', fieldId: 'orderline', line: i });
      var at = context.newRecord.findSublistLineWithValue({
        sublistId: 'item',
        fieldId: 'orderline',
        value: orderLine,
      });
      if (at < 0) {
        invoice.removeLine({ sublistId: 'item', line: i });
        continue;
      }
      invoice.selectLine({ sublistId: 'item', line: i });
      invoice.setCurrentSublistValue({
        sublistId: 'item',
        fieldId: 'quantity',
        value: context.newRecord.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line: at }),
      });
      invoice.commitLine({ sublistId: 'item' });
    }
    var id = invoice.save({ enableSourcing: true, ignoreMandatoryFields: true });
    log.audit({ title: from.status[0].text, details: 'invoice ' + (id > 0) + ' ' + context.type });
  }
  return { afterSubmit: afterSubmit };
});
