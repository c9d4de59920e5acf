import type { Account, Execution, SyscallTable, Value } from '../kernel/types';
import { roleBook } from '../permissions/role-book';
import { countLogCall } from './log-governance';
import { processorCount } from '../scripts/processors';

const SYSTEM_USER = -4;
const idOf = (value: Value | undefined): number => Number(value ?? 0) || 0;
const textOf = (value: Value | undefined): string => (value === null || value === undefined ? '' : String(value));

/** What runtime.getCurrentUser answers; -4 is the system that runs scheduled work. */
export function describeUser(account: Account, { user }: Execution): Record<string, string | number> {
  const fields = account.store.getInGroup('entity', String(user.entity))?.fields ?? {};
  const role = roleBook(account).find(user.role);
  const named = textOf(fields.entityid) || [fields.firstname, fields.lastname].filter(Boolean).join(' ');
  return {
    id: user.entity,
    name: user.entity === SYSTEM_USER ? '-System-' : named,
    email: user.entity === SYSTEM_USER ? 'onlineforms@netsuite.com' : textOf(fields.email),
    location: idOf(fields.location),
    department: idOf(fields.department),
    role: user.role,
    roleId: role ? role.scriptId.toLowerCase() : '',
    roleCenter: role?.centerType ?? '',
    subsidiary: idOf(fields.subsidiary),
    contact: 0,
  };
}

/** General preferences a script may read by name. */
function preference(account: Account, name: string): string | null {
  const { dateFormat, timeZone, preferences } = account.settings as unknown as {
    dateFormat: string;
    timeZone: string;
    preferences?: Record<string, string>;
  };
  const known: Record<string, string> = { DATEFORMAT: dateFormat, TIMEZONE: timeZone, ...preferences };
  return known[name.toUpperCase()] ?? null;
}

/** N/runtime and N/log: free. */
export const runtimeSyscalls: SyscallTable = {
  'runtime.account': (account: Account) => ({
    envType: /_(SB|RP)\d*$/i.test(account.settings.accountId) ? 'SANDBOX' : 'PRODUCTION',
    country: 'US',
    processorCount: processorCount(account),
    queueCount: 1,
  }),
  'runtime.user': describeUser,
  'runtime.feature': (account: Account, _execution: Execution, { feature }: { feature: string }) =>
    account.feature(feature),
  'runtime.permission': (account: Account, execution: Execution, { name }: { name: string }) =>
    account.permissions.level(execution.user, name),
  'runtime.preference': (account: Account, _execution: Execution, { name }: { name: string }) =>
    preference(account, name),
  'runtime.percentComplete': () => null,
  'log.write': (
    account: Account,
    execution: Execution,
    { level, title, details }: { level: string; title: string; details: string },
  ) => {
    account.charge(execution, 'log.write');
    countLogCall(account, execution);
    account.log(execution, level, title, details);
    return null;
  },
};
