import { ADMINISTRATOR, giveRole } from '../auth/users';
import { callPart } from '../control/call';
import type { Front } from '../http/front';
import type { Settings, User } from '../kernel/types';
import { roleBook } from '../permissions/role-book';

/** Makes the configured employees; the first of them is the one in whose name the credentials act. Without any, one is made for the project's own role. */
export function integrationUser(front: Front): User {
  const { employees } = front.account.settings;
  const wanted =
    employees.length > 0
      ? employees
      : [{ name: 'Integration User', email: 'integration@example.com', role: ownRole(front) }];
  return wanted.map((employee) => addEmployee(front, employee))[0] ?? ADMINISTRATOR;
}

/** Of the roles that the project brings, the one that may log in with OAuth 2.0 and has most permissions; else the Administrator's. */
function ownRole(front: Front): number {
  const roles = roleBook(front.account)
    .all()
    .filter(({ scriptId, permissions }) => scriptId.startsWith('customrole') && permissions.has('ADMI_LOGIN_OAUTH2'))
    .sort((a, b) => b.permissions.size - a.permissions.size);
  return roles[0]?.id ?? ADMINISTRATOR.role;
}

/** Adds the employee unless one with that e-mail address exists, and gives it the role. */
export function addEmployee(front: Front, { name, email, role }: Settings['employees'][number]): User {
  const roleId = front.roleId(role);
  if (roleId === undefined) throw new Error(`employee ${name}: there is no role ${role}`);
  const [firstname = name, ...rest] = name.split(' ');
  const fields = {
    entityid: name,
    firstname,
    lastname: rest.join(' ') || null,
    email,
    isinactive: false,
    giveaccess: true,
  };
  const existing = front.account.store.list('employee').find((employee) => employee.fields.email === email);
  const id =
    existing?.id ??
    (callPart(front, 'records.seed', { rows: [{ type: 'employee', fields }] }) as { id: string }[])[0]?.id;
  const entity = Number(id);
  giveRole(front.account, entity, roleId);
  return { entity, role: roleId };
}
