/**
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 */
define(['N/task', 'N/runtime'], (task, runtime) => ({
  execute: () => {
    const target = runtime.getCurrentScript().getParameter('custscript_target');
    if (!target) throw new Error('no target');
    task.create({ taskType: task.TaskType.MAP_REDUCE, scriptId: target }).submit();
  },
}));
