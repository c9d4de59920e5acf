/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => {
  const post = ({ customer, memo, lines }) => {
    const order = record.create({ type: record.Type.SALES_ORDER, isDynamic: true });
    order.setValue({ fieldId: 'entity', value: customer });
    order.setValue({ fieldId: 'memo', value: memo });
    lines.forEach(({ item, quantity, rate }) => {
      order.selectNewLine({ sublistId: 'item' });
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: item });
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: quantity });
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'price', value: -1 });
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'rate', value: rate });
      order.commitLine({ sublistId: 'item' });
    });
    const id = order.save();
    const saved = record.load({ type: record.Type.SALES_ORDER, id });
    return {
      id,
      total: saved.getValue('total'),
      lines: saved.getLineCount({ sublistId: 'item' }),
      first: saved.getSublistValue({ sublistId: 'item', fieldId: 'amount', line: 0 }),
    };
  };
  return { post };
});
