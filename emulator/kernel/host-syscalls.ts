/** What hosts ask the account on their own behalf: files, and the executions of User Events. */
import type { Outcome } from '../host/protocol';
import type { AccountKernel } from './account';
import { beginUserEvent, endUserEvent, listeningScripts } from './user-events';
import { fault, type Account, type Execution, type SyscallTable } from './types';

const kernel = (account: Account): AccountKernel => account as AccountKernel;

export const hostSyscalls: SyscallTable = {
  'host.resolve': (account: Account, _execution: Execution, { path }: { path: string }) => {
    const file = account.scripts.file(path);
    return file ? { path: file.path, hash: file.hash } : null;
  },
  'host.source': (account: Account, _execution: Execution, { path }: { path: string }) => {
    const file = account.scripts.file(path);
    if (!file) throw fault('MODULE_DOES_NOT_EXIST', `Module does not exist: ${path}`);
    return file.source;
  },
  'host.userEvents': (account: Account, execution: Execution, args: { type: string; event: string }) =>
    listeningScripts(kernel(account), execution, args.type, args.event),
  'host.beginUserEvent': (
    account: Account,
    execution: Execution,
    args: { scriptId: string; deploymentId: string; entry: string; event: string },
  ) => beginUserEvent(kernel(account), execution, args),
  'host.endUserEvent': (account: Account, _execution: Execution, args: { executionId: string; outcome: Outcome }) =>
    endUserEvent(kernel(account), args.executionId, args.outcome),
};
