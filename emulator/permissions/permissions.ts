import {
  fault,
  type Account,
  type Execution,
  type Permissions,
  type RecordData,
  type RowRule,
  type User,
} from '../kernel/types';
import { API_PERMISSIONS, permissionOf } from './record-permissions';
import { roleBook, type CustomRecordAccess, type Role, type RoleBook } from './role-book';
import { admits, ownerRules, roleRules } from './row-rules';
import { ADMINISTRATOR } from './standard-roles';

const NEEDED = { view: 1, create: 2, edit: 3, full: 4 } as const;
type Level = keyof typeof NEEDED;

const SYSTEM_USER = -4;

/** Texts of page section_N3539978, as accounts print them (NetSweet/netsuite issue 249, oracle-samples/netsuite-commerce issue 2); two spaces after "need" included. */
const refuse = (what: string): Error =>
  fault(
    'INSUFFICIENT_PERMISSION',
    `Permission Violation: You need ${what} to access this page. Please contact your account administrator.`,
  );
const lacking = (label: string): Error => refuse(` the '${label}' permission`);
const tooLow = (label: string): Error => refuse(`a higher level of the '${label}' permission`);
/** `seen`: the role may look at the record, only not change it. */
const restricted = ({ by }: RowRule, seen: boolean): Error =>
  fault(
    'INSUFFICIENT_PERMISSION',
    seen
      ? 'Permission Violation: The restrictions on your role do not allow you to modify this record.'
      : `Permission Violation: The ${by === 'subsidiary' ? 'subsidiary ' : ''}restrictions on your role deny you access to this record.`,
  );
/** The wording for segments is that of accounts' own deploy logs. */
const customLacking = (access: CustomRecordAccess | undefined, type: string): Error =>
  refuse(
    access?.segment
      ? `a higher permission for value management of custom segment ${access.label}`
      : `a higher permission for custom record type ${access?.label ?? type}`,
  );

/**
 * Role permissions for every API call of every script.
 * Custom records: NONENEEDED needs nothing, USEPERMISSIONLIST only what the record's own list grants the role,
 * CUSTRECORDENTRYPERM the role's "Custom Record Entries" permission; a role's own entry for the record counts everywhere.
 */
export function createPermissions(account: Account): Permissions {
  const book = (): RoleBook => roleBook(account);
  const roleOf = (user: User): Role | undefined => book().find(user.role);
  const everything = (user: User): boolean =>
    user.entity === SYSTEM_USER || user.role === ADMINISTRATOR || roleOf(user)?.permissions.has('*') === true;
  const level = (user: User, permission: string): number =>
    everything(user) ? 4 : (roleOf(user)?.permissions.get(permission) ?? 0);

  const customLevel = (user: User, type: string): number => {
    const access = book().customRecords.get(type);
    const role = roleOf(user);
    if (everything(user) || !access || access.accessType === 'NONENEEDED') return 4;
    const own = Math.max(
      role?.permissions.get(type) ?? 0,
      // `_ALL_ROLES` (SDF enum customrecordtype_permittedrole) is for roles without an entry of their own.
      role ? (access.list.get(role.scriptId.toLowerCase()) ?? access.list.get('_all_roles') ?? 0) : 0,
    );
    return access.accessType === 'USEPERMISSIONLIST' ? own : Math.max(own, level(user, 'LIST_CUSTRECORDENTRY'));
  };

  const rowRules = (user: User, type: string, use: 'view' | 'edit'): RowRule[] => {
    if (everything(user)) return [];
    const id = type.toLowerCase();
    const access = book().customRecords.get(id);
    if (access)
      return ownerRules(access, roleOf(user), level(user, 'LIST_CUSTRECORDENTRY'), {
        type: id,
        user,
        needed: NEEDED[use],
      });
    const restrictions = roleOf(user)?.restrictions ?? [];
    return restrictions.length === 0 ? [] : roleRules(account, restrictions, user, id, use);
  };

  return {
    level,
    rowRules,
    requireRow({ user }: Execution, { type, fields }: Pick<RecordData, 'type' | 'fields'>, use: 'view' | 'edit'): void {
      const broken = rowRules(user, type, use).find((rule) => !admits(rule, fields));
      if (!broken) return;
      if (broken.by === 'owner') throw customLacking(book().customRecords.get(type.toLowerCase()), type);
      const seen = use === 'edit' && rowRules(user, type, 'view').every((rule) => admits(rule, fields));
      throw restricted(broken, seen);
    },
    requireRecord(execution: Execution, type: string, wanted: Level): void {
      const id = type.toLowerCase();
      const { user } = execution;
      if (book().customRecords.has(id)) {
        if (customLevel(user, id) < NEEDED[wanted]) throw customLacking(book().customRecords.get(id), id);
        return;
      }
      const permission = permissionOf(id);
      if (!permission) return;
      const granted = level(user, permission.key);
      if (granted >= NEEDED[wanted]) return;
      throw granted === 0 ? lacking(permission.label) : tooLow(permission.label);
    },
    requirePermission(execution: Execution, permission: string, wanted: Level = 'view'): void {
      const granted = level(execution.user, permission);
      if (granted >= NEEDED[wanted]) return;
      const label = API_PERMISSIONS[permission] ?? permission;
      throw granted === 0 ? lacking(label) : tooLow(label);
    },
  };
}
