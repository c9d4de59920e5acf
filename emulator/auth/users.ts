import type { Account, RecordData } from '../kernel/types';

export const ADMINISTRATOR = { entity: -5, role: 3 } as const;

/** The employee, unless there is none or it is inactive. */
export function activeEmployee(account: Account, entity: number): RecordData | undefined {
  const employee = account.store.get('employee', String(entity));
  return employee && employee.fields.isinactive !== true ? employee : undefined;
}

/** Gives an employee a role, as the Access tab of the employee record does. */
export function giveRole(account: Account, entity: number, role: number): void {
  const employee = activeEmployee(account, entity);
  if (!employee || rolesOf(employee).includes(role)) return;
  const lines = employee.sublists.roles ?? [];
  employee.sublists.roles = [...lines, { fields: { line: lines.length + 1, selectedrole: String(role) } }];
  account.store.put(employee);
}

export const rolesOf = (employee: RecordData): number[] =>
  (employee.sublists.roles ?? []).map(({ fields }) => Number(fields.selectedrole));
