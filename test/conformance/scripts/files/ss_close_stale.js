/**
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 */
define(['N/search', 'N/record', 'N/log'], (search, record, log) => {
  const execute = () => {
    const stale = [];
    search
      .create({ type: 'task', filters: [['status', 'noneof', 'COMPLETE']], columns: ['title'] })
      .run()
      .each((r) => stale.push(r.id) > 0);
    for (const id of stale) {
      const task = record.load({ type: record.Type.TASK, id });
      task.setValue({ fieldId: 'status', value: 'COMPLETE' });
      task.save();
    }
    log.audit('closed', stale.length);
  };
  return { execute };
});
