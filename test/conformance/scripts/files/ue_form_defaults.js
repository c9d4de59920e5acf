/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define([], () => ({
  beforeLoad: ({ type, newRecord, UserEventType }) => {
    if (type === UserEventType.CREATE) newRecord.setValue({ fieldId: 'memo', value: 'from the form' });
  },
}));
