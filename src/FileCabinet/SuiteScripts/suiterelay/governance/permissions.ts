/**
 * What the integration role needs and why. The role objects grant exactly this and `docs/install.md` shows the same table for people; a
 * test holds the three together. Keys are SDF's; levels: 1 View, 2 Create, 3 Edit, 4 Full, as `User.getPermission` answers them.
 */
export interface PermissionNeed {
  key: string;
  level: 1 | 2 | 3 | 4;
  label: string;
  /** The call that is refused without it. */
  call: string;
  /** Oracle page. */
  page: string;
  /** Record types whose rows it opens. SuiteQL leaves out what a role may not view, without a word: this is asked beforehand. */
  opens: readonly string[];
  /** Record types whose operations need it; empty: everything does. */
  types: readonly string[];
  /** Not needed by every installation: never reported as missing. */
  optional?: true;
}

const ORDERS = ['salesorder', 'estimate', 'opportunity'] as const;
const CUSTOMERS = ['customer', 'lead', 'prospect'] as const;
const ITEMS = [
  'inventoryitem',
  'noninventoryitem',
  'serviceitem',
  'assemblyitem',
  'kititem',
  'itemgroup',
  'discountitem',
  'otherchargeitem',
] as const;
/** Nobody's operations: needed where an installation maps such a reference. */
const MAPPED = ['-'] as const;

const RECORDS = 'section_4267283788';
const WRITE = 'record.create, record.load, Record.save, record.submitFields';
const REFER = 'query.runSuiteQL over the list, for a reference by name or key';
const READ = 'query.runSuiteQL, record.load: its changes go out, a CRM never writes it';

type Rest = Partial<Pick<PermissionNeed, 'opens' | 'types' | 'optional'>>;
const need = (
  key: string,
  level: PermissionNeed['level'],
  label: string,
  call: string,
  page: string,
  rest: Rest = {},
): PermissionNeed => ({ key, level, label, call, page, opens: [], types: [], ...rest });

export const PERMISSIONS: readonly PermissionNeed[] = [
  need('ADMI_LOGIN_OAUTH2', 4, 'Log in using OAuth 2.0 Access Tokens', 'every call', 'section_0312092148'),
  need(
    'ADMI_LOGIN_OAUTH',
    4,
    'Log in using Access Tokens',
    'every call by token-based authentication; take it away with OAuth 2.0',
    'section_0312092148',
    { optional: true },
  ),
  need(
    'REPO_ANALYTICS',
    3,
    'SuiteAnalytics Workbook',
    'query.runSuiteQL; without it searches do the same for more units',
    'section_157960542026',
  ),
  need('LIST_FIND', 1, 'Perform Search', 'search.create, search.lookupFields over lists', 'section_N664557'),
  need('TRAN_FIND', 1, 'Find Transaction', 'search.create, search.lookupFields over transactions', 'section_N664557', {
    types: [...ORDERS, 'invoice'],
  }),
  need('ADMI_CUSTOMSCRIPT', 1, 'SuiteScript', 'task.submit', 'article_0403053450', { optional: true }),
  need('ADMI_SS_SCHEDULING', 4, 'SuiteScript Scheduling', 'task.submit', 'article_0403053450', { optional: true }),
  need('ADMI_DELETEDRECORD', 4, 'Deleted Records', 'search.create over deletedrecord', 'section_N3352288'),
  need(
    'LIST_FILECABINET',
    3,
    'Documents and Files',
    'File.save, file.load: files of orders, parts and results of bulk loads',
    'section_N3352288',
    {
      opens: ['file', 'folder'],
    },
  ),
  need('LIST_CUSTJOB', 3, 'Customers', WRITE, RECORDS, {
    opens: CUSTOMERS,
    types: [...CUSTOMERS, 'contact', ...ORDERS],
  }),
  need('LIST_CONTACT', 3, 'Contacts', WRITE, RECORDS, { opens: ['contact'], types: ['contact'] }),
  need('LIST_ITEM', 3, 'Items', WRITE, RECORDS, { opens: ['item', ...ITEMS], types: [...ITEMS, ...ORDERS] }),
  need('LIST_CRMMESSAGE', 3, 'Track Messages', 'record.create, Record.save: notes on orders', RECORDS, {
    opens: ['note'],
    types: ['note'],
  }),
  need('LIST_CASE', 3, 'Cases', WRITE, RECORDS, { opens: ['supportcase'], types: ['supportcase'] }),
  need('TRAN_SALESORD', 3, 'Sales Order', WRITE, RECORDS, { opens: ['salesorder'], types: ['salesorder'] }),
  need('TRAN_ESTIMATE', 3, 'Estimate', WRITE, RECORDS, { opens: ['estimate'], types: ['estimate'] }),
  need('TRAN_OPPRTNTY', 3, 'Opportunity', WRITE, RECORDS, { opens: ['opportunity'], types: ['opportunity'] }),
  need('TRAN_CUSTINVC', 1, 'Invoice', READ, RECORDS, { opens: ['invoice'], types: ['invoice'] }),
  need('TRAN_ITEMSHIP', 1, 'Item Fulfillment', READ, RECORDS, {
    opens: ['itemfulfillment'],
    types: ['itemfulfillment'],
  }),
  need('TRAN_CASHSALE', 1, 'Cash Sale', READ, RECORDS, { opens: ['cashsale'], types: ['cashsale'] }),
  need('TRAN_CUSTCRED', 1, 'Credit Memo', READ, RECORDS, { opens: ['creditmemo'], types: ['creditmemo'] }),
  need('TRAN_CUSTDEP', 1, 'Customer Deposit', READ, RECORDS, {
    opens: ['customerdeposit'],
    types: ['customerdeposit'],
  }),
  need('TRAN_CUSTPYMT', 1, 'Customer Payment', READ, RECORDS, {
    opens: ['customerpayment'],
    types: ['customerpayment'],
  }),
  need('TRAN_CUSTRFND', 1, 'Customer Refund', READ, RECORDS, { opens: ['customerrefund'], types: ['customerrefund'] }),
  need('TRAN_RTNAUTH', 1, 'Return Authorization', READ, RECORDS, {
    opens: ['returnauthorization'],
    types: ['returnauthorization'],
  }),
  need('LIST_CURRENCY', 1, 'Currency', REFER, RECORDS, { opens: ['currency'], types: [...CUSTOMERS, ...ORDERS] }),
  need('LIST_SUBSIDIARY', 1, 'Subsidiaries', REFER, RECORDS, {
    opens: ['subsidiary'],
    types: [...CUSTOMERS, 'contact', ...ORDERS],
  }),
  need('LIST_LOCATION', 1, 'Locations', REFER, RECORDS, { opens: ['location'], types: ORDERS }),
  need('ADMI_ACCOUNTINGLIST', 1, 'Accounting Lists', REFER, RECORDS, {
    opens: ['term', 'pricelevel', 'paymentmethod', 'customercategory'],
    types: [...CUSTOMERS, 'salesorder', 'estimate'],
  }),
  need('ADMI_ENTITYSTATUS', 4, 'Customer Status', REFER, RECORDS, { opens: ['entitystatus'], types: CUSTOMERS }),
  need('LIST_EMPLOYEE', 1, 'Employees', REFER, RECORDS, {
    opens: ['employee'],
    types: [...CUSTOMERS, 'salesorder', 'opportunity'],
  }),
  need('LIST_PARTNER', 1, 'Partners', REFER, RECORDS, { opens: ['partner'], types: MAPPED }),
  need('LIST_VENDOR', 1, 'Vendors', REFER, RECORDS, { opens: ['vendor'], types: MAPPED }),
  need('LIST_DEPARTMENT', 1, 'Departments', REFER, RECORDS, { opens: ['department'], types: MAPPED }),
  need('LIST_CLASS', 1, 'Classes', REFER, RECORDS, { opens: ['classification'], types: MAPPED }),
  need('LIST_UNIT', 1, 'Units', REFER, RECORDS, { opens: ['unitstype'], types: MAPPED }),
  need('LIST_ACCOUNT', 1, 'Accounts', REFER, RECORDS, { opens: ['account'], types: ITEMS }),
];

/** Our own record types; the role's permission key is the type's reference. */
export const OWN_RECORDS: readonly { type: string; call: string }[] = [
  { type: 'customrecord_srl_outbox', call: 'record.delete, record.submitFields: changes are acknowledged' },
  { type: 'customrecord_srl_ledger', call: 'Record.save: stamps of custom records and of what was deleted' },
  { type: 'customrecord_srl_failure', call: 'Record.save: rows about failed operations' },
  { type: 'customrecord_srl_job', call: 'Record.save: bulk loads' },
];

/** Both are needed to start Map/Reduce scripts on demand (Oracle page section_1508887826). */
export const ON_DEMAND: readonly PermissionNeed[] = PERMISSIONS.filter(({ call }) => call === 'task.submit');

const describeNeed = ({ label, key, level }: PermissionNeed): string => `${label} (${key}, level ${level})`;

/** The permissions that a role lacks for the given types, by name. */
export function missingPermissions(
  types: readonly string[],
  levelOf: (key: string) => number,
  needs: readonly PermissionNeed[] = PERMISSIONS.filter((one) => one.optional !== true),
): string[] {
  const applies = (one: PermissionNeed): boolean =>
    one.types.length === 0 || one.types.some((type) => types.includes(type));
  return needs.filter((one) => applies(one) && levelOf(one.key) < one.level).map(describeNeed);
}

/** The permission that a role lacks to view a record type, by name; null when it has it or none is known. */
export function missingToView(recordType: string, levelOf: (key: string) => number): string | null {
  const found = PERMISSIONS.find((one) => one.opens.includes(recordType));
  return found === undefined || levelOf(found.key) > 0 ? null : describeNeed({ ...found, level: 1 });
}
