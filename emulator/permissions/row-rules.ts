import type { Account, RowRule, User, Value } from '../kernel/types';
import type { CustomRecordAccess, Restriction, Role, RoleRestriction } from './role-book';

/** Fields that name the employee responsible for a record; the first that a type has decides. */
const EMPLOYEE_FIELDS = ['salesrep', 'assigned', 'employee'];
const FIELD_OF_SEGMENT = {
  SUBSIDIARY: 'subsidiary',
  CLASS: 'class',
  DEPARTMENT: 'department',
  LOCATION: 'location',
} as const;

/**
 * What a role's restrictions admit of a standard type's rows: those of the user's own value (for employees: of the user and all
 * subordinates), unassigned ones where the restriction says so. Custom records have restrictions of their own, by owner.
 */
export function roleRules(
  account: Account,
  restrictions: RoleRestriction[],
  user: User,
  type: string,
  use: 'view' | 'edit',
): RowRule[] {
  const meta = account.registry.type(type);
  if (!meta || meta.class === 'custom') return [];
  return restrictions.flatMap(({ by, unassigned, viewingAllowed }): RowRule[] => {
    if (use === 'view' && viewingAllowed) return [];
    const candidates = by === 'EMPLOYEE' ? EMPLOYEE_FIELDS : [FIELD_OF_SEGMENT[by]];
    const field = candidates.find((id) => meta.fields[id] !== undefined);
    if (field === undefined) return [];
    const allowed = by === 'EMPLOYEE' ? withSubordinates(account, String(user.entity)) : ownValue(account, user, field);
    return [{ field, allowed, unassigned, by: by === 'SUBSIDIARY' ? 'subsidiary' : 'role' }];
  });
}

/** Level from which a permission allows changes (SDF `restriction` EDIT leaves viewing free). */
const EDIT_LEVEL = 3;

/**
 * Rows of custom records: a restriction to own rows holds unless another of the role's permissions allows the same without one.
 * `general`: the level of "Custom Record Entries"; `needed`: that of the use.
 */
export function ownerRules(
  access: CustomRecordAccess,
  role: Role | undefined,
  general: number,
  { type, user, needed }: { type: string; user: User; needed: number },
): RowRule[] {
  if (!role || access.accessType === 'NONENEEDED') return [];
  const entry = access.list.has(role.scriptId.toLowerCase()) ? role.scriptId.toLowerCase() : '_all_roles';
  const grants: [level: number, restriction: Restriction | undefined][] = [
    [access.list.get(entry) ?? 0, access.ownOnly.get(entry)],
    [role.permissions.get(type) ?? 0, role.ownOnly.get(type)],
    [access.accessType === 'USEPERMISSIONLIST' ? 0 : general, undefined],
  ];
  const usable = grants.filter(([level]) => level >= needed);
  const restricts = (restriction: Restriction | undefined): boolean =>
    restriction === 'VIEWANDEDIT' || (restriction === 'EDIT' && needed >= EDIT_LEVEL);
  if (usable.length === 0 || !usable.every(([, restriction]) => restricts(restriction))) return [];
  return [{ field: 'owner', allowed: [String(user.entity)], unassigned: false, by: 'owner' }];
}

const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : String(value));

function ownValue(account: Account, { entity }: User, field: string): string[] {
  const own = text(account.store.get('employee', String(entity))?.fields[field]);
  return own === '' ? [] : [own];
}

/** The user and everyone below, by `supervisor`. */
function withSubordinates(account: Account, entity: string): string[] {
  const bySupervisor = new Map<string, string[]>();
  for (const { id, fields } of account.store.list('employee')) {
    const above = text(fields.supervisor);
    if (above !== '' && id !== null) bySupervisor.set(above, [...(bySupervisor.get(above) ?? []), id]);
  }
  const found = new Set([entity]);
  for (const each of found) for (const below of bySupervisor.get(each) ?? []) found.add(below);
  return [...found];
}

/** Does a row satisfy the rule? */
export function admits({ field, allowed, unassigned }: RowRule, fields: Record<string, Value>): boolean {
  const value = text(fields[field]);
  return value === '' ? unassigned : allowed.includes(value);
}
