/**
 * What the integration role needs and why. `docs/install.md` shows the same table for people; the role objects grant it.
 * Keys are SDF's; levels: 1 View, 2 Create, 3 Edit, 4 Full, as `User.getPermission` answers them.
 */
export interface PermissionNeed {
  key: string;
  level: 1 | 2 | 3 | 4;
  /** Record types that need it; empty: everything does. */
  types: readonly string[];
  label: string;
}

const need = (
  key: string,
  level: PermissionNeed['level'],
  label: string,
  types: readonly string[] = [],
): PermissionNeed => ({
  key,
  level,
  types,
  label,
});

export const PERMISSIONS: readonly PermissionNeed[] = [
  need('LIST_FIND', 1, 'Lists > Perform Search'),
  need('TRAN_FIND', 1, 'Transactions > Find Transaction', ['salesorder', 'estimate', 'opportunity', 'invoice']),
  need('REPO_ANALYTICS', 3, 'Reports > SuiteAnalytics Workbook'),
  need('LIST_CUSTJOB', 3, 'Lists > Customers', ['customer', 'lead', 'prospect']),
  need('LIST_CONTACT', 3, 'Lists > Contacts', ['contact']),
  need('LIST_CURRENCY', 1, 'Lists > Currency', ['customer', 'salesorder', 'estimate', 'opportunity']),
  need('LIST_SUBSIDIARY', 1, 'Lists > Subsidiaries', ['customer', 'contact', 'salesorder']),
  need('ADMI_ACCOUNTINGLIST', 1, 'Setup > Accounting Lists', ['customer', 'salesorder', 'estimate']),
  need('LIST_EMPLOYEE', 1, 'Lists > Employees', ['customer', 'salesorder', 'opportunity']),
  need('LIST_ITEM', 1, 'Lists > Items', ['salesorder', 'estimate', 'opportunity', 'invoice']),
  need('LIST_ITEM', 3, 'Lists > Items', [
    'inventoryitem',
    'noninventoryitem',
    'serviceitem',
    'assemblyitem',
    'kititem',
  ]),
  need('TRAN_SALESORD', 3, 'Transactions > Sales Order', ['salesorder']),
  need('TRAN_ESTIMATE', 3, 'Transactions > Estimate', ['estimate']),
  need('TRAN_OPPRTNTY', 3, 'Transactions > Opportunity', ['opportunity']),
  need('TRAN_CUSTINVC', 1, 'Transactions > Invoice', ['invoice']),
  need('TRAN_ITEMSHIP', 1, 'Transactions > Item Fulfillment', ['itemfulfillment']),
];

/** Both are needed to start Map/Reduce scripts on demand (Oracle page section_1508887826). */
export const ON_DEMAND: readonly PermissionNeed[] = [
  need('ADMI_CUSTOMSCRIPT', 1, 'Setup > SuiteScript'),
  need('ADMI_SS_SCHEDULING', 1, 'Setup > SuiteScript Scheduling'),
];

/** The permissions that a role lacks for the given types, by name. */
export function missingPermissions(
  types: readonly string[],
  levelOf: (key: string) => number,
  needs: readonly PermissionNeed[] = PERMISSIONS,
): string[] {
  const applies = (one: PermissionNeed): boolean =>
    one.types.length === 0 || one.types.some((type) => types.includes(type));
  return needs
    .filter((one) => applies(one) && levelOf(one.key) < one.level)
    .map((one) => `${one.label} (${one.key}, level ${one.level})`);
}
