import type { NetSuiteAccount } from '../../test/helpers/netsuite/account-process';

const SOURCE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/task'], (task) => ({
  get: ({ taskId }) => {
    const status = task.checkStatus({ taskId });
    return { size: status.status === 'PROCESSING' ? status.getCurrentTotalSize() : 0 };
  },
}));`;

interface Task {
  taskId: string;
  scriptId: string;
  status: string;
}

/** Follows what a running Map/Reduce script holds in persisted data, as `N/task` tells it, and keeps the highest figure in bytes. */
export async function watchSize(account: NetSuiteAccount, scriptId: string, everyMs: number) {
  await account.control('POST', 'scripts', [
    {
      scriptId: 'customscript_srl_watch',
      type: 'restlet',
      path: 'SuiteScripts/watch-size.js',
      source: SOURCE,
      deployments: [{ deploymentId: 'customdeploy_srl_watch', status: 'RELEASED', allRoles: true }],
    },
  ]);
  let peakBytes = 0;
  let stopped = false;
  const look = async (): Promise<void> => {
    const tasks = await account.control<Task[]>('GET', 'ledger/tasks');
    for (const { taskId } of tasks.filter((task) => task.scriptId === scriptId && task.status === 'PROCESSING')) {
      const { body } = await account.restlet('watch', undefined, { query: `&taskId=${taskId}` });
      peakBytes = Math.max(peakBytes, Number(body['size'] ?? 0));
    }
  };
  const watching = (async () => {
    while (!stopped) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return {
    stop: async (): Promise<number> => {
      stopped = true;
      await watching;
      return peakBytes;
    },
  };
}
