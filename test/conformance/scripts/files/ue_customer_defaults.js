/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/runtime'], (runtime) => {
  const beforeSubmit = ({ newRecord, type, UserEventType }) => {
    if (type !== UserEventType.CREATE) return;
    if (!newRecord.getValue('comments'))
      newRecord.setValue({ fieldId: 'comments', value: `created via ${runtime.executionContext}` });
  };
  return { beforeSubmit };
});
