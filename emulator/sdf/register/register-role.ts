import type { Account } from '../../kernel/types';
import { LEVELS, roleBook, type Role, type RoleRestriction } from '../../permissions/role-book';
import { flag, list, reference, value, type SdfObject, type XmlNode } from '../types';
import { writeRoleRecord } from '../../permissions/role-record';

/** Internal ids of custom roles begin here (Oracle's page section_N3427186). */
const FIRST_CUSTOM_ROLE = 1000;

/** A role and its permissions; keys of custom records are their script ids. */
export function registerRole(account: Account, { root, scriptId }: SdfObject): void {
  const book = roleBook(account);
  const permissions = new Map<string, number>();
  const ownOnly: Role['ownOnly'] = new Map();
  for (const permission of list(root, 'permissions', 'permission')) {
    const key = reference(value(permission, 'permkey') ?? '');
    permissions.set(key, LEVELS[value(permission, 'permlevel') ?? 'NONE'] ?? 0);
    const restriction = value(permission, 'restriction');
    if (restriction === 'EDIT' || restriction === 'VIEWANDEDIT') ownOnly.set(key, restriction);
  }
  const id = book.find(scriptId)?.id ?? FIRST_CUSTOM_ROLE + account.store.next('customrole');
  const role = {
    id,
    scriptId,
    name: value(root, 'name') ?? scriptId,
    centerType: value(root, 'centertype') ?? 'BASIC',
    permissions,
    ownOnly,
    restrictions: restrictionsOf(root),
    webServicesOnly: flag(root, 'iswebserviceonlyrole'),
    inactive: flag(root, 'isinactive'),
  };
  book.add(role);
  writeRoleRecord(account, role);
}

/** `DEFAULTTOOWN` only fills in a new record's field; a list of selected subsidiaries is nothing that SDF can say. */
function restrictionsOf(root: XmlNode): RoleRestriction[] {
  const given = (kind: string | undefined, by: RoleRestriction['by'], viewingAllowed: boolean): RoleRestriction[] =>
    kind === 'OWNONLY' || kind === 'UNASSIGNED' ? [{ by, unassigned: kind === 'UNASSIGNED', viewingAllowed }] : [];
  const subsidiary: RoleRestriction[] =
    value(root, 'subsidiaryoption') === 'OWN'
      ? [{ by: 'SUBSIDIARY', unassigned: true, viewingAllowed: flag(root, 'subsidiaryviewingallowed') }]
      : [];
  return [
    ...given(value(root, 'employeerestriction'), 'EMPLOYEE', flag(root, 'employeeviewingallowed')),
    ...subsidiary,
    ...list(root, 'recordrestrictions', 'recordrestriction').flatMap((node) =>
      given(value(node, 'restriction'), value(node, 'segment') as RoleRestriction['by'], flag(node, 'viewingallowed')),
    ),
  ];
}
