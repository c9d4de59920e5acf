/**
 * Writes a row for each changed field.
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/record', 'N/log'], (record, log) => {
  const WATCHED = ['phone', 'comments'];
  const afterSubmit = ({ type, newRecord, oldRecord, UserEventType }) => {
    if (![UserEventType.EDIT, UserEventType.XEDIT].includes(type)) return;
    for (const fieldId of WATCHED) {
      if (!newRecord.getFields().includes(fieldId)) continue;
      const [before, after] = [oldRecord.getValue({ fieldId }), newRecord.getValue({ fieldId })];
      if (before === after) continue;
      const row = record.create({ type: 'customrecord_entry' });
      row.setValue('name', `${fieldId}: ${before} > ${after}`);
      row.save();
    }
    log.debug(type, newRecord.id);
  };
  return { afterSubmit };
});
