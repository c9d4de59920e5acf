import { SCRIPT_LIMITS } from '../kernel/governance';
import { fault, type Account, type User } from '../kernel/types';
import type { DeploymentDetails } from './definitions';
import { taskBook } from './task-book';

export interface MassUpdateReport {
  /** FAILED when any record's call failed; the others were processed all the same. */
  state: 'COMPLETE' | 'FAILED';
  units: number;
  records: { type: string; id: string; units: number; error?: { name: string; message: string } }[];
}

/** "Perform Update" of a mass update script: `each` once a record, with units and time of its own each (page section_N3351480). */
export async function runMassUpdate(
  account: Account,
  deployment: DeploymentDetails,
  user: User,
  records: { type: string; id: string | number }[],
): Promise<MassUpdateReport> {
  const { units, ms } = SCRIPT_LIMITS.massupdate;
  const done: MassUpdateReport['records'] = [];
  const book = taskBook(account);
  for (const { type, id } of records) {
    const { execution, error } = await account.run({
      scriptId: deployment.scriptId,
      deploymentId: deployment.deploymentId,
      type: 'massupdate',
      entry: 'each',
      stage: 'each',
      key: String(id),
      input: { type, id: String(id) },
      user,
      context: 'CUSTOMMASSUPDATE',
      unitsLimit: units,
      virtualMsLimit: ms,
    });
    // Ids mean other records from then on.
    if (taskBook(account) !== book) throw fault('UNEXPECTED_ERROR', 'The account was reset while this ran.');
    const failure = error ? { error: { name: error.name, message: error.message } } : {};
    done.push({ type, id: String(id), units: execution.unitsUsed, ...failure });
  }
  return {
    state: done.some(({ error }) => error) ? 'FAILED' : 'COMPLETE',
    units: done.reduce((sum, each) => sum + each.units, 0),
    records: done,
  };
}
