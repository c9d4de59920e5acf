/**
 * NetSuite's standard roles. Administrator is 3 in every account (section_N3427186); the other internal ids and the permission sets are
 * working knowledge, not published as data: they are listed as unconfirmed. `*` grants everything at FULL.
 */
export interface StandardRole {
  id: number;
  /** As SDF names it (`generic_role`): `SALES_PERSON`. */
  scriptId: string;
  name: string;
  permissions: Record<string, 1 | 2 | 3 | 4>;
}

const VIEW = 1;
const EDIT = 3;
const FULL = 4;
const all = (level: 1 | 2 | 3 | 4, ...keys: string[]): Record<string, 1 | 2 | 3 | 4> =>
  Object.fromEntries(keys.map((key) => [key, level]));

const BASICS = all(FULL, 'LIST_FIND', 'LIST_CALENDAR', 'LIST_TASK', 'LIST_CALL', 'LIST_EVENT', 'LIST_CRMMESSAGE');
const LOOKUPS = all(
  VIEW,
  'LIST_SUBSIDIARY',
  'LIST_CURRENCY',
  'LIST_LOCATION',
  'LIST_DEPARTMENT',
  'LIST_CLASS',
  'LIST_ITEM',
);
const SALES = {
  ...BASICS,
  ...LOOKUPS,
  ...all(FULL, 'LIST_CUSTJOB', 'LIST_CONTACT', 'TRAN_OPPRTNTY', 'TRAN_ESTIMATE', 'TRAN_FIND'),
  ...all(EDIT, 'TRAN_SALESORD', 'LIST_CASE'),
};
const SALES_LEAD = {
  ...SALES,
  ...all(FULL, 'TRAN_SALESORD', 'LIST_PUBLISHSEARCH'),
  ...all(VIEW, 'TRAN_CUSTINVC', 'LIST_EMPLOYEE'),
};
const RECEIVABLES = {
  ...BASICS,
  ...LOOKUPS,
  ...all(
    FULL,
    'TRAN_FIND',
    'LIST_CUSTJOB',
    'TRAN_CUSTINVC',
    'TRAN_CUSTPYMT',
    'TRAN_CUSTCRED',
    'TRAN_CUSTDEP',
    'TRAN_CUSTRFND',
    'TRAN_CASHSALE',
    'TRAN_CASHRFND',
  ),
  ...all(FULL, 'TRAN_SALESORD', 'TRAN_DEPOSIT', 'LIST_CONTACT'),
};
const PAYABLES = {
  ...BASICS,
  ...LOOKUPS,
  ...all(
    FULL,
    'TRAN_FIND',
    'LIST_VENDOR',
    'TRAN_VENDBILL',
    'TRAN_VENDPYMT',
    'TRAN_VENDCRED',
    'TRAN_PURCHORD',
    'TRAN_CHECK',
    'TRAN_EXPREPT',
  ),
};
const ACCOUNTING = {
  ...RECEIVABLES,
  ...PAYABLES,
  ...all(
    FULL,
    'TRAN_JOURNAL',
    'LIST_ACCOUNT',
    'LIST_ITEM',
    'TRAN_INVADJST',
    'TRAN_INVTRNFR',
    'TRAN_ITEMRCPT',
    'TRAN_ITEMSHIP',
    'TRAN_RTNAUTH',
    'LIST_FILECABINET',
  ),
  ...all(FULL, 'ADMI_ACCOUNTINGLIST', 'ADMI_ACCTPERIODS', 'REPO_ANALYTICS'),
};
const SUPPORT = {
  ...BASICS,
  ...LOOKUPS,
  ...all(FULL, 'LIST_CASE'),
  ...all(EDIT, 'LIST_CUSTJOB', 'LIST_CONTACT'),
  ...all(VIEW, 'TRAN_SALESORD', 'TRAN_FIND'),
};
const WAREHOUSE = {
  ...BASICS,
  ...LOOKUPS,
  ...all(
    FULL,
    'LIST_ITEM',
    'TRAN_ITEMSHIP',
    'TRAN_ITEMRCPT',
    'TRAN_INVADJST',
    'TRAN_INVTRNFR',
    'TRAN_TRNFRORD',
    'TRAN_FIND',
  ),
  ...all(VIEW, 'TRAN_SALESORD', 'TRAN_PURCHORD', 'LIST_CUSTJOB', 'LIST_VENDOR'),
};
const MARKETING = {
  ...BASICS,
  ...LOOKUPS,
  ...all(FULL, 'LIST_CAMPAIGN', 'LIST_CUSTJOB', 'LIST_CONTACT', 'LIST_PROMOTIONCODE'),
};
const ALL = all(FULL, '*');

const role = (id: number, scriptId: string, name: string, permissions: StandardRole['permissions']): StandardRole => ({
  id,
  scriptId,
  name,
  permissions,
});

export const STANDARD_ROLES: StandardRole[] = [
  role(1, 'ACCOUNTANT', 'Accountant', ACCOUNTING),
  role(2, 'ACCOUNTANT__REVIEWER', 'Accountant (Reviewer)', ACCOUNTING),
  role(3, 'ADMINISTRATOR', 'Administrator', ALL),
  role(4, 'AP_CLERK', 'A/P Clerk', PAYABLES),
  role(5, 'AR_CLERK', 'A/R Clerk', RECEIVABLES),
  role(6, 'BOOKKEEPER', 'Bookkeeper', ACCOUNTING),
  role(7, 'CEO_HANDS_OFF', 'CEO (Hands Off)', { ...SALES_LEAD, ...ACCOUNTING }),
  role(8, 'CEO', 'CEO', { ...SALES_LEAD, ...ACCOUNTING }),
  role(9, 'SALES_MANAGER', 'Sales Manager', SALES_LEAD),
  role(10, 'SALES_PERSON', 'Sales Person', SALES),
  role(11, 'STORE_MANAGER', 'Store Manager', { ...SALES, ...all(FULL, 'LIST_ITEM', 'LIST_FILECABINET') }),
  role(12, 'SUPPORT_MANAGER', 'Support Manager', SUPPORT),
  role(13, 'SUPPORT_PERSON', 'Support Person', SUPPORT),
  role(14, 'CUSTOMER_CENTER', 'Customer Center', all(VIEW, 'TRAN_SALESORD', 'TRAN_CUSTINVC', 'TRAN_ESTIMATE')),
  role(15, 'EMPLOYEE_CENTER', 'Employee Center', {
    ...all(FULL, 'TRAN_EXPREPT', 'TRAN_TIMEBILL'),
    ...all(VIEW, 'LIST_EMPLOYEE'),
  }),
  role(16, 'VENDOR_CENTER', 'Vendor Center', all(VIEW, 'TRAN_PURCHORD', 'TRAN_VENDBILL')),
  role(17, 'WAREHOUSE_MANAGER', 'Warehouse Manager', WAREHOUSE),
  role(18, 'FULL_ACCESS', 'Full Access', ALL),
  role(19, 'SALES_VICE_PRESIDENT', 'Sales Vice President', SALES_LEAD),
  role(20, 'PAYROLL_MANAGER', 'Payroll Manager', { ...BASICS, ...LOOKUPS, ...all(FULL, 'LIST_EMPLOYEE') }),
  role(22, 'INTRANET_MANAGER', 'Intranet Manager', { ...BASICS, ...all(FULL, 'LIST_FILECABINET') }),
  role(23, 'MARKETING_MANAGER', 'Marketing Manager', MARKETING),
  role(24, 'MARKETING_ASSISTANT', 'Marketing Assistant', MARKETING),
  role(25, 'SYSTEM_ADMINISTRATOR', 'System Administrator', {
    ...BASICS,
    ...LOOKUPS,
    ...all(FULL, 'ADMI_CUSTOMSCRIPT', 'ADMI_SS_SCHEDULING', 'ADMI_MANAGEROLES', 'ADMI_CUSTRECORD', 'LIST_FILECABINET'),
  }),
  role(26, 'SALES_ADMINISTRATOR', 'Sales Administrator', SALES_LEAD),
  role(27, 'SUPPORT_ADMINISTRATOR', 'Support Administrator', SUPPORT),
  role(28, 'PARTNER_CENTER', 'Partner Center', all(VIEW, 'LIST_CUSTJOB', 'TRAN_SALESORD')),
  role(30, 'MARKETING_ADMINISTRATOR', 'Marketing Administrator', MARKETING),
  role(55, 'DEVELOPER', 'Developer', {
    ...BASICS,
    ...LOOKUPS,
    ...all(FULL, 'ADMI_CUSTOMSCRIPT', 'ADMI_SS_SCHEDULING', 'ADMI_CUSTRECORD', 'LIST_FILECABINET', 'ADMI_WORKFLOW'),
  }),
];

export const ADMINISTRATOR = 3;
