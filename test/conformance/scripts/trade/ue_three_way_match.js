/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/record', 'N/error'], (record, error) => {
  const beforeSubmit = ({ type, newRecord, UserEventType }) => {
    if (type !== UserEventType.CREATE && type !== UserEventType.EDIT) return;
    const orders = {};
    const count = newRecord.getLineCount({ sublistId: 'item' });
    for (let line = 0; line < count; line++) {
      const get = (fieldId) => newRecord.getSublistValue({ sublistId: 'item', fieldId, line });
      const orderId = get('orderdoc');
      if (!orderId) continue;
      orders[orderId] ??= record.load({ type: record.Type.PURCHASE_ORDER, id: orderId });
      const at = orders[orderId].findSublistLineWithValue({
        sublistId: 'item',
        fieldId: 'line',
        value: get('orderline'),
      });
      const received = orders[orderId].getSublistValue({ sublistId: 'item', fieldId: 'quantityreceived', line: at });
      if (Number(get('quantity')) > Number(received))
        throw error.create({
          name: 'NOT_RECEIVED',
          message: `Line ${line + 1}: billed ${get('quantity')}, received ${received || 0}`,
          notifyOff: true,
        });
    }
  };
  return { beforeSubmit };
});
