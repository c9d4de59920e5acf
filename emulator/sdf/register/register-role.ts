import type { Account } from '../../kernel/types';
import { LEVELS, roleBook } from '../../permissions/role-book';
import { flag, list, reference, value, type SdfObject } from '../types';
import { writeRoleRecord } from '../../permissions/role-record';

/** Internal ids of custom roles begin here (Oracle's page section_N3427186). */
const FIRST_CUSTOM_ROLE = 1000;

/** A role and its permissions; keys of custom records are their script ids. */
export function registerRole(account: Account, { root, scriptId }: SdfObject): void {
  const book = roleBook(account);
  const permissions = new Map<string, number>();
  for (const permission of list(root, 'permissions', 'permission')) {
    permissions.set(
      reference(value(permission, 'permkey') ?? ''),
      LEVELS[value(permission, 'permlevel') ?? 'NONE'] ?? 0,
    );
  }
  const id = book.find(scriptId)?.id ?? FIRST_CUSTOM_ROLE + account.store.next('customrole');
  const role = {
    id,
    scriptId,
    name: value(root, 'name') ?? scriptId,
    centerType: value(root, 'centertype') ?? 'BASIC',
    permissions,
    webServicesOnly: flag(root, 'iswebserviceonlyrole'),
    inactive: flag(root, 'isinactive'),
  };
  book.add(role);
  writeRoleRecord(account, role);
}
