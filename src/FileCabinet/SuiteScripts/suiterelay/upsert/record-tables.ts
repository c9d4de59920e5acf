import { groupOf } from '../../../../../contract/glossary';

/** How SuiteQL shows a record type. What a table does not list is looked for under its own field id. */
export interface RecordTable {
  table: string;
  /** Column that tells the exact record type within the table, and its values. */
  typeColumn?: string;
  typeOf?: Readonly<Record<string, string>>;
  /** Body fields whose column has another name. */
  columns?: Readonly<Record<string, string>>;
  /** Body fields that need an expression of their own, over the alias `r`. */
  sql?: Readonly<Record<string, string>>;
  /** Body fields that stand on the transaction's main line in transactionline, not in the table itself. */
  mainLine?: readonly string[];
  /** Body fields that SuiteQL does not show; they are compared after a load. */
  hidden?: readonly string[];
  /** Table that holds the external ids of the whole group, where it is another one. */
  holders?: string;
  /** `addressbook` is readable through these two tables. */
  addressTables?: { book: string; address: string };
  /** `item` lines are readable through transactionline. */
  lines?: boolean;
}

const CUSTOMER: RecordTable = {
  table: 'customer',
  typeColumn: 'searchstage',
  typeOf: { LEAD: 'lead', PROSPECT: 'prospect', CUSTOMER: 'customer' },
  hidden: ['customform', 'subsidiary', 'entitystatus'],
  holders: 'entity',
  addressTables: { book: 'customeraddressbook', address: 'customeraddressbookentityaddress' },
};

const entityTable = (type: string): RecordTable => ({
  table: type,
  hidden: ['customform', 'subsidiary'],
  holders: 'entity',
  addressTables: { book: `${type}addressbook`, address: `${type}addressbookentityaddress` },
});

/** Values of transaction.type, as SuiteQL shows them. */
export const TRANSACTION_TYPES: Readonly<Record<string, string>> = {
  SALESORD: 'salesorder',
  ESTIMATE: 'estimate',
  OPPRTNTY: 'opportunity',
  CUSTINVC: 'invoice',
  CASHSALE: 'cashsale',
  ITEMSHIP: 'itemfulfillment',
  CUSTCRED: 'creditmemo',
  CUSTPYMT: 'customerpayment',
  CUSTDEP: 'customerdeposit',
  CUSTRFND: 'customerrefund',
  RTNAUTH: 'returnauthorization',
  PURCHORD: 'purchaseorder',
  ITEMRCPT: 'itemreceipt',
  VENDBILL: 'vendorbill',
  JOURNAL: 'journalentry',
};

const TRANSACTION: RecordTable = {
  table: 'transaction',
  typeColumn: 'type',
  typeOf: TRANSACTION_TYPES,
  columns: { salesrep: 'employee' },
  // `SalesOrd:B` in newer accounts, `B` in older ones.
  sql: { orderstatus: "SUBSTR(TO_CHAR(r.status), INSTR(TO_CHAR(r.status), ':') + 1)" },
  mainLine: ['subsidiary', 'location', 'department', 'class'],
  hidden: ['customform', 'otherrefnumber', 'billaddresslist', 'shipaddresslist'],
  lines: true,
};

/** Values of item.itemtype, as SuiteQL shows them. */
export const ITEM_TYPES: Readonly<Record<string, string>> = {
  INVTPART: 'inventoryitem',
  NONINVTPART: 'noninventoryitem',
  SERVICE: 'serviceitem',
  ASSEMBLY: 'assemblyitem',
  KIT: 'kititem',
  GROUP: 'itemgroup',
  DISCOUNT: 'discountitem',
  OTHCHARGE: 'otherchargeitem',
};

const ITEM: RecordTable = {
  table: 'item',
  typeColumn: 'itemtype',
  typeOf: ITEM_TYPES,
  columns: { salesdescription: 'description' },
  hidden: ['customform', 'subsidiary', 'incomeaccount', 'cogsaccount', 'assetaccount', 'taxschedule', 'baseprice'],
};

const GROUP_TABLES: Readonly<Record<string, RecordTable>> = { transaction: TRANSACTION, item: ITEM };

/** The SuiteQL view of a record type. */
export function tableOf(recordType: string): RecordTable {
  if (recordType === 'customer' || recordType === 'lead' || recordType === 'prospect') return CUSTOMER;
  const group = groupOf(recordType);
  if (group === 'entity') return entityTable(recordType);
  return GROUP_TABLES[group] ?? { table: recordType };
}

/** Record types that share the table of `recordType` and may stand in for it: a lead is updated where a customer is meant. */
export function isSameKind(wanted: string, found: string): boolean {
  if (wanted === found) return true;
  const stages = ['lead', 'prospect', 'customer'];
  return stages.includes(wanted) && stages.includes(found);
}
