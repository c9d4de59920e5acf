import task from 'N/task';

/**
 * Starts the publisher now. False when it runs already or this role may not start scripts: its schedule sends what waits within 15
 * minutes. 20 units.
 */
export function startPublishing(): boolean {
  const submitted = task.create({
    taskType: task.TaskType.MAP_REDUCE,
    scriptId: 'customscript_srl_publish_changes',
    deploymentId: 'customdeploy_srl_publish_changes_2',
  });
  try {
    submitted.submit();
    return true;
  } catch {
    return false;
  }
}
