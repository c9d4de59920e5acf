/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/error'], (error) => {
  const beforeSubmit = (context) => {
    if (context.type === context.UserEventType.DELETE) return;
    const count = context.newRecord.getLineCount({ sublistId: 'item' });
    for (let line = 0; line < count; line++) {
      const quantity = context.newRecord.getSublistValue({ sublistId: 'item', fieldId: 'quantity', line });
      if (quantity > 100)
        throw error.create({
          name: 'QTY_TOO_HIGH',
          message: `Line ${line + 1}: ${quantity} is more than 100`,
          notifyOff: true,
        });
    }
  };
  return { beforeSubmit };
});
