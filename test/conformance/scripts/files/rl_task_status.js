/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/task'], (task) => ({
  post: ({ scriptId, params }) => {
    const job = task.create({ taskType: task.TaskType.MAP_REDUCE, scriptId, params });
    const taskId = job.submit();
    return { taskId, known: Object.values(task.TaskStatus).includes(task.checkStatus(taskId).status) };
  },
}));
