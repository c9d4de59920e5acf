/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/log'], (log) => {
  const linesOf = (rec) => {
    const lines = new Map();
    for (let line = 0; line < rec.getLineCount({ sublistId: 'item' }); line++) {
      const get = (fieldId) => rec.getSublistValue({ sublistId: 'item', fieldId, line });
      lines.set(String(get('lineuniquekey')), {
        item: rec.getSublistText({ sublistId: 'item', fieldId: 'item', line }),
        quantity: get('quantity'),
        amount: get('amount'),
      });
    }
    return lines;
  };
  return {
    afterSubmit: ({ type, oldRecord, newRecord }) => {
      if (type !== 'edit') return;
      const [before, after] = [linesOf(oldRecord), linesOf(newRecord)];
      const notes = [];
      before.forEach((line, key) => {
        const now = after.get(key);
        if (!now) notes.push(`- ${line.item}`);
        else if (now.quantity !== line.quantity)
          notes.push(`${line.item} ${line.quantity}>${now.quantity} ${line.amount}>${now.amount}`);
      });
      after.forEach((line, key) => {
        if (!before.has(key)) notes.push(`+ ${line.item} ${line.quantity}`);
      });
      log.audit('lines', notes.join('; '));
      log.audit('total', `${oldRecord.getValue('total')}>${newRecord.getValue('total')}`);
    },
  };
});
