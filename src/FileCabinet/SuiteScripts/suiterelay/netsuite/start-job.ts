import task from 'N/task';
import { messageOf, nameOf } from '../upsert/operation-failure';

const SCRIPT = 'customscript_srl_apply_bulk';
/** Deployments that are Not Scheduled: one unfinished run each (Oracle page section_1510974473). */
const POOL = ['customdeploy_srl_apply_bulk', 'customdeploy_srl_apply_bulk_2', 'customdeploy_srl_apply_bulk_3'];

/**
 * Starts apply-bulk for a job on the first idle deployment. Answers the task's id, or null when none is idle or this role may not
 * start scripts: the scheduled deployment then takes the job up.
 */
export function startJob(jobId: string): { taskId: string | null; reason: string } {
  let reason = 'no deployment is idle';
  for (const deploymentId of POOL) {
    try {
      const submitted = task.create({
        taskType: task.TaskType.MAP_REDUCE,
        scriptId: SCRIPT,
        deploymentId,
        params: { custscript_srl_job: jobId },
      });
      return { taskId: submitted.submit(), reason: '' };
    } catch (refusal) {
      if (nameOf(refusal) === 'MAP_REDUCE_ALREADY_RUNNING') continue;
      reason = messageOf(refusal);
      break;
    }
  }
  return { taskId: null, reason };
}
