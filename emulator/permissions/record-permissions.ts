/**
 * Which permission guards which record type, and what the permission is called in messages ("Lists -> Currency").
 * Keys are SDF's (permissions.json of oracle/netsuite-suitecloud-sdk); names follow the Permission subtab of a role.
 */
export interface PermissionName {
  key: string;
  /** Name as messages print it, with its subtab. Some Setup permissions are printed without one. */
  label: string;
}

const named = (key: string, label: string): PermissionName => ({ key, label });
const CUSTOMER = named('LIST_CUSTJOB', 'Lists -> Customers');
const ITEM = named('LIST_ITEM', 'Lists -> Items');
const ACCOUNTING_LISTS = named('ADMI_ACCOUNTINGLIST', 'Setup -> Accounting Lists');
const CRM_LISTS = named('ADMI_CRMLIST', 'Setup -> CRM Lists');
const SCRIPTS = named('ADMI_CUSTOMSCRIPT', 'Setup -> SuiteScript');
const FILES = named('LIST_FILECABINET', 'Lists -> Documents and Files');

export const RECORD_PERMISSIONS: Record<string, PermissionName> = {
  customer: CUSTOMER,
  lead: CUSTOMER,
  prospect: CUSTOMER,
  contact: named('LIST_CONTACT', 'Lists -> Contacts'),
  vendor: named('LIST_VENDOR', 'Lists -> Vendors'),
  employee: named('LIST_EMPLOYEE', 'Lists -> Employees'),
  partner: named('LIST_PARTNER', 'Lists -> Partners'),
  othername: named('LIST_OTHERNAME', 'Lists -> Other Names'),
  job: named('LIST_JOB', 'Lists -> Projects'),
  competitor: named('LIST_COMPETITOR', 'Lists -> Competitors'),
  task: named('LIST_TASK', 'Lists -> Tasks'),
  projecttask: named('LIST_PROJECTTASK', 'Lists -> Project Tasks'),
  phonecall: named('LIST_CALL', 'Lists -> Phone Calls'),
  calendarevent: named('LIST_EVENT', 'Lists -> Events'),
  supportcase: named('LIST_CASE', 'Lists -> Cases'),
  message: named('LIST_CRMMESSAGE', 'Lists -> Track Messages'),
  note: named('LIST_CRMMESSAGE', 'Lists -> Track Messages'),
  campaign: named('LIST_CAMPAIGN', 'Lists -> Marketing Campaigns'),
  file: FILES,
  folder: FILES,
  account: named('LIST_ACCOUNT', 'Lists -> Accounts'),
  subsidiary: named('LIST_SUBSIDIARY', 'Lists -> Subsidiaries'),
  currency: named('LIST_CURRENCY', 'Lists -> Currency'),
  location: named('LIST_LOCATION', 'Lists -> Locations'),
  department: named('LIST_DEPARTMENT', 'Lists -> Departments'),
  classification: named('LIST_CLASS', 'Lists -> Classes'),
  unitstype: named('LIST_UNIT', 'Lists -> Units'),
  term: ACCOUNTING_LISTS,
  pricelevel: ACCOUNTING_LISTS,
  paymentmethod: ACCOUNTING_LISTS,
  accountingperiod: named('ADMI_ACCTPERIODS', 'Setup -> Manage Accounting Periods'),
  entitystatus: named('ADMI_ENTITYSTATUS', 'Setup -> Customer Status'),
  customerstatus: named('ADMI_ENTITYSTATUS', 'Setup -> Customer Status'),
  customercategory: ACCOUNTING_LISTS,
  contactrole: CRM_LISTS,
  promotioncode: named('LIST_PROMOTIONCODE', 'Lists -> Promotion'),
  role: named('ADMI_MANAGEROLES', 'Setup -> Bulk Manage Roles'),
  script: SCRIPTS,
  scriptdeployment: SCRIPTS,
  restlet: SCRIPTS,
  usereventscript: SCRIPTS,
  mapreducescript: SCRIPTS,
  scheduledscript: SCRIPTS,
  scheduledscriptinstance: named('ADMI_SS_SCHEDULING', 'Setup -> SuiteScript Scheduling'),
  suitelet: SCRIPTS,
  massupdatescript: SCRIPTS,
  workflowactionscript: SCRIPTS,
  deletedrecord: named('ADMI_DELETEDRECORD', 'Setup -> Deleted Records'),
  salesorder: named('TRAN_SALESORD', 'Transactions -> Sales Order'),
  estimate: named('TRAN_ESTIMATE', 'Transactions -> Estimate'),
  opportunity: named('TRAN_OPPRTNTY', 'Transactions -> Opportunity'),
  invoice: named('TRAN_CUSTINVC', 'Transactions -> Invoice'),
  cashsale: named('TRAN_CASHSALE', 'Transactions -> Cash Sale'),
  cashrefund: named('TRAN_CASHRFND', 'Transactions -> Cash Sale Refund'),
  creditmemo: named('TRAN_CUSTCRED', 'Transactions -> Credit Memo'),
  customerpayment: named('TRAN_CUSTPYMT', 'Transactions -> Customer Payment'),
  customerdeposit: named('TRAN_CUSTDEP', 'Transactions -> Customer Deposit'),
  customerrefund: named('TRAN_CUSTRFND', 'Transactions -> Customer Refund'),
  depositapplication: named('TRAN_DEPAPPL', 'Transactions -> Deposit Application'),
  itemfulfillment: named('TRAN_ITEMSHIP', 'Transactions -> Item Fulfillment'),
  itemreceipt: named('TRAN_ITEMRCPT', 'Transactions -> Item Receipt'),
  returnauthorization: named('TRAN_RTNAUTH', 'Transactions -> Return Authorization'),
  purchaseorder: named('TRAN_PURCHORD', 'Transactions -> Purchase Order'),
  purchaserequisition: named('TRAN_PURCHREQ', 'Transactions -> Requisition'),
  vendorbill: named('TRAN_VENDBILL', 'Transactions -> Bills'),
  vendorcredit: named('TRAN_VENDCRED', 'Transactions -> Enter Vendor Credits'),
  vendorpayment: named('TRAN_VENDPYMT', 'Transactions -> Pay Bills'),
  vendorreturnauthorization: named('TRAN_VENDAUTH', 'Transactions -> Vendor Return Authorization'),
  journalentry: named('TRAN_JOURNAL', 'Transactions -> Make Journal Entry'),
  check: named('TRAN_CHECK', 'Transactions -> Check'),
  deposit: named('TRAN_DEPOSIT', 'Transactions -> Deposit'),
  expensereport: named('TRAN_EXPREPT', 'Transactions -> Expense Report'),
  inventoryadjustment: named('TRAN_INVADJST', 'Transactions -> Adjust Inventory'),
  inventorytransfer: named('TRAN_INVTRNFR', 'Transactions -> Transfer Inventory'),
  transferorder: named('TRAN_TRNFRORD', 'Transactions -> Transfer Order'),
  workorder: named('TRAN_WORKORD', 'Transactions -> Work Order'),
  assemblybuild: named('TRAN_BUILD', 'Transactions -> Build Assemblies'),
  assemblyunbuild: named('TRAN_UNBUILD', 'Transactions -> Unbuild Assemblies'),
  timebill: named('TRAN_TIMEBILL', 'Transactions -> Track Time'),
};

/** Permissions that guard an API rather than a record type. */
export const API_PERMISSIONS: Record<string, string> = {
  ADMI_CUSTOMSCRIPT: 'Setup -> SuiteScript',
  ADMI_SS_SCHEDULING: 'Setup -> SuiteScript Scheduling',
  ADMI_RESTWEBSERVICES: 'Setup -> REST Web Services',
  ADMI_LOGIN_OAUTH: 'Setup -> Log in using Access Tokens',
  ADMI_LOGIN_OAUTH2: 'Setup -> Log in using OAuth 2.0 Access Tokens',
  ADMI_SETUPCOMPANY: 'Set Up Company',
  REPO_ANALYTICS: 'Reports -> SuiteAnalytics Workbook',
  LIST_FIND: 'Lists -> Perform Search',
  TRAN_FIND: 'Transactions -> Find Transaction',
  LIST_PUBLISHSEARCH: 'Lists -> Publish Search',
  LIST_FILECABINET: 'Lists -> Documents and Files',
  ADMI_WORKFLOW: 'Setup -> Workflow',
};

const ITEM_TYPE = /(item|kititem|assembly|subtotal|discount|markup|description|itemgroup|taxgroup)$/;

/** The permission for a record type; undefined for types that no permission guards (countries, lists of the platform). */
export function permissionOf(type: string): PermissionName | undefined {
  const id = type.toLowerCase();
  const own = RECORD_PERMISSIONS[id];
  if (own) return own;
  return id === 'item' || (ITEM_TYPE.test(id) && !/^customrecord/.test(id)) ? ITEM : undefined;
}
