import { activeEmployee, ADMINISTRATOR, giveRole } from '../auth/users';
import type { ControlAnswer } from './call';
import { badRequest } from './control-error';
import { requireShape } from './require-shape';

const TOKEN = { keys: { 'entity?': 'id', 'role?': 'id', 'integration?': 'text' } } as const;

/** A bearer token for any active employee, who is given the role if they lack it. Default: the administrator. */
export const issueControlToken: ControlAnswer = ({ front, body }) => {
  requireShape(body ?? {}, TOKEN, 'the body');
  const {
    entity = ADMINISTRATOR.entity,
    role = ADMINISTRATOR.role,
    integration,
  } = (body ?? {}) as {
    entity?: number;
    role?: number | string;
    integration?: string;
  };
  const roleId = roleIdOf(front, role);
  if (!activeEmployee(front.account, Number(entity))) throw badRequest(`There is no active employee ${entity}.`);
  giveRole(front.account, Number(entity), roleId);
  const name = integration ?? front.defaultIntegration;
  const scopes = ['restlets', 'rest_webservices', 'suite_analytics'];
  return front.gate.bearer.issue(
    { integration: front.integration(name).name, entity: Number(entity), role: roleId },
    scopes,
  );
};

function roleIdOf(front: Parameters<ControlAnswer>[0]['front'], role: number | string): number {
  const id = front.roleId(role);
  if (id === undefined) throw badRequest(`There is no role ${role}.`);
  return id;
}
