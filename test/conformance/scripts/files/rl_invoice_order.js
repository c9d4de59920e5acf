/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post: ({ orderId }) => {
    const invoice = record.transform({
      fromType: record.Type.SALES_ORDER,
      fromId: orderId,
      toType: record.Type.INVOICE,
      isDynamic: true,
    });
    invoice.setValue('memo', 'billed by script');
    const id = invoice.save();
    const { createdfrom, memo } = search.lookupFields({
      type: search.Type.INVOICE,
      id,
      columns: ['createdfrom', 'memo'],
    });
    return { createdfrom: createdfrom[0].value, memo };
  },
}));
