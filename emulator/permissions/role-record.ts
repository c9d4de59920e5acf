import type { Account } from '../kernel/types';
import type { Role } from './role-book';

/** Roles are searchable records too. */
export function writeRoleRecord(account: Account, role: Role): void {
  const id = String(role.id);
  account.store.put({
    type: 'role',
    id,
    externalId: null,
    version: account.store.get('role', id)?.version ?? 0,
    fields: { name: role.name, scriptid: role.scriptId, centertype: role.centerType, isinactive: role.inactive },
    sublists: {},
    subrecords: {},
  });
}
