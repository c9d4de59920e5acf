import type { Account } from '../kernel/types';
import { STANDARD_ROLES } from './standard-roles';

/** Permission levels as runtime.getPermission answers them (0–4). */
export const LEVELS: Record<string, number> = { NONE: 0, VIEW: 1, CREATE: 2, EDIT: 3, FULL: 4 };

export interface Role {
  id: number;
  /** `customrole_x`, or SDF's name of a standard role (`SALES_PERSON`). */
  scriptId: string;
  name: string;
  centerType: string;
  /** Permission key or custom record script id → level; `*` covers all. */
  permissions: Map<string, number>;
  /** Custom record script id → what the permission for it allows on own rows only (SDF `restriction`). */
  ownOnly: Map<string, Restriction>;
  restrictions: RoleRestriction[];
  webServicesOnly: boolean;
  inactive: boolean;
}

/** A restriction of the role to records of the user's own value (SDF `employeerestriction`, `subsidiaryoption`, `recordrestriction`). */
export interface RoleRestriction {
  by: 'EMPLOYEE' | 'SUBSIDIARY' | 'CLASS' | 'DEPARTMENT' | 'LOCATION';
  /** Records without a value are admitted too. */
  unassigned: boolean;
  /** All records may be viewed; only changes are restricted. */
  viewingAllowed: boolean;
}

/** Access rules of a custom record type beyond role permissions (SDF `accesstype` and its permission list). */
export interface CustomRecordAccess {
  label: string;
  /** The values of a custom segment, with the segment's label. */
  segment?: boolean;
  accessType: 'CUSTRECORDENTRYPERM' | 'NONENEEDED' | 'USEPERMISSIONLIST';
  /** Role script id → level, of the record's own permission list. */
  list: Map<string, number>;
  /** Role script id → what that entry allows on own rows only (SDF `restriction`); the owner is who created the row, unless changed. */
  ownOnly: Map<string, Restriction>;
}

/** `EDIT`: all rows are seen, own ones edited. `VIEWANDEDIT`: own rows only. */
export type Restriction = 'EDIT' | 'VIEWANDEDIT';

/** All roles of the account and the access rules of its custom records. */
export class RoleBook {
  private readonly byId = new Map<number, Role>();
  private readonly byScriptId = new Map<string, Role>();
  readonly customRecords = new Map<string, CustomRecordAccess>();

  constructor() {
    for (const { id, scriptId, name, permissions } of STANDARD_ROLES) {
      this.add({
        id,
        scriptId,
        name,
        centerType: 'BASIC',
        permissions: new Map(Object.entries(permissions)),
        ownOnly: new Map(),
        restrictions: [],
        webServicesOnly: false,
        inactive: false,
      });
    }
  }

  add(role: Role): void {
    this.byId.set(role.id, role);
    this.byScriptId.set(role.scriptId.toLowerCase(), role);
  }

  /** By internal id, or by script id in any case. */
  find(role: number | string): Role | undefined {
    return this.byId.get(Number(role)) ?? this.byScriptId.get(String(role).toLowerCase());
  }

  all(): Role[] {
    return [...this.byId.values()];
  }

  /** A copy of what may change later, for reset. */
  snapshot(): () => void {
    const roles = this.all();
    const records = [...this.customRecords];
    return () => {
      this.byId.clear();
      this.byScriptId.clear();
      for (const role of roles) this.add(role);
      this.customRecords.clear();
      for (const [id, access] of records) this.customRecords.set(id, access);
    };
  }
}

export const roleBook = (account: Account): RoleBook => account.parts.get('roles') as RoleBook;
