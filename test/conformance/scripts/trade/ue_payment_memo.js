/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/record'], (record) => ({
  beforeSubmit: ({ newRecord, type, UserEventType }) => {
    if (type === UserEventType.DELETE) return;
    const paid = [];
    for (let line = 0; line < newRecord.getLineCount({ sublistId: 'apply' }); line++) {
      if (newRecord.getSublistValue({ sublistId: 'apply', fieldId: 'apply', line }) !== true) continue;
      paid.push(
        `${newRecord.getSublistValue({ sublistId: 'apply', fieldId: 'refnum', line })}: ${newRecord.getSublistValue({ sublistId: 'apply', fieldId: 'amount', line })}`,
      );
    }
    newRecord.setValue({ fieldId: 'memo', value: paid.join(', ') });
  },
  afterSubmit: ({ newRecord, type, UserEventType }) => {
    if (type !== UserEventType.CREATE) return;
    for (let line = 0; line < newRecord.getLineCount({ sublistId: 'apply' }); line++)
      if (newRecord.getSublistValue({ sublistId: 'apply', fieldId: 'apply', line }))
        record.submitFields({
          type: 'invoice',
          id: newRecord.getSublistValue({ sublistId: 'apply', fieldId: 'doc', line }),
          values: { memo: `paid by ${newRecord.id}` },
        });
  },
}));
