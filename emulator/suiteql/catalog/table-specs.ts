import { TRANSACTION_COLUMNS, TRANSACTION_HIDDEN } from './transaction-columns';
import { transactionAddressTable } from './address-tables';
import {
  CONTACT_COLUMNS,
  CUSTOM_RECORD_COLUMNS,
  CUSTOMER_COLUMNS,
  CUSTOMER_HIDDEN,
  ENTITY_COLUMNS,
  ITEM_COLUMNS,
  LIST_COLUMNS,
  PERSON_COLUMNS,
} from './entity-columns';
import { ENTITY_TYPES, ITEM_TYPES } from './item-types';
import { CASE_FIGURES, CUSTOMER_FIGURES, PROJECT_TASK_FIGURES, TASK_FIGURES, VENDOR_FIGURES } from './figure-columns';
import type { ColumnSpec, RecordTableSpec } from './record-table';
import type { SublistTableSpec } from './sublist-table';
import { LEDGER_TABLES } from './ledger-tables';
import { nameOf, ownName } from './display';
import { hoursOf } from './duration';
import { CONTACT_RELATIONSHIP } from './contact-relationship';
import { FIXED_TABLES } from './fixed-tables';
import { SUBSIDIARY_TABLES } from './subsidiary-tables';
import { extract, ownerColumn, rawColumn } from './column';
import { TRANSACTION_TYPES } from './transaction-types';

/** Tables that are more than "the fields of a record type" (data table). Anything else in the registry is a table by its own id. */
const transactionTypes = TRANSACTION_TYPES.map((entry) => entry.type);
const itemTypes = Object.keys(ITEM_TYPES);
/** Columns of searches that the data source has as tables of their own: `itemmember`, `itemvendor`. */
const ITEM_HIDDEN = Object.fromEntries(
  [
    'memberitem',
    'memberquantity',
    'othervendor',
    'vendorcode',
    'vendorcost',
    'vendorcostentered',
    'vendorpricecurrency',
  ].map((field) => [field, 'NOT_EXPOSED']),
);
const STAGES = ['customer', 'lead', 'prospect'];

export const RECORD_TABLES: Record<string, RecordTableSpec> = {
  transaction: {
    label: 'transaction',
    types: transactionTypes,
    group: 'transaction',
    columns: TRANSACTION_COLUMNS,
    hidden: TRANSACTION_HIDDEN,
  },
  transactionbillingaddress: transactionAddressTable('TransactionBillingAddress', transactionTypes, 'billingaddress'),
  transactionshippingaddress: transactionAddressTable(
    'TransactionShippingAddress',
    transactionTypes,
    'shippingaddress',
  ),
  customer: {
    label: 'customer',
    types: STAGES,
    columns: { ...CUSTOMER_COLUMNS, ...CUSTOMER_FIGURES },
    hidden: CUSTOMER_HIDDEN,
  },
  contact: { label: 'contact', types: ['contact'], columns: CONTACT_COLUMNS },
  employee: { label: 'employee', types: ['employee'], columns: PERSON_COLUMNS },
  vendor: { label: 'vendor', types: ['vendor'], columns: { ...PERSON_COLUMNS, ...VENDOR_FIGURES } },
  task: { label: 'task', types: ['task'], columns: TASK_FIGURES },
  projecttask: { label: 'projecttask', types: ['projecttask'], columns: PROJECT_TASK_FIGURES },
  supportcase: { label: 'supportcase', types: ['supportcase'], columns: CASE_FIGURES },
  partner: { label: 'partner', types: ['partner'], columns: PERSON_COLUMNS },
  entity: {
    label: 'entity',
    types: Object.keys(ENTITY_TYPES),
    group: 'entity',
    columns: ENTITY_COLUMNS,
    registryFields: false,
  },
  item: { label: 'item', types: itemTypes, group: 'item', columns: ITEM_COLUMNS, hidden: ITEM_HIDDEN },
  mediaitemfolder: {
    label: 'MediaItemFolder',
    types: ['folder'],
    columns: { ...LIST_COLUMNS, appfolder: { field: 'name', type: 'text' } },
  },
  file: {
    label: 'file',
    types: ['file'],
    columns: {
      ...LIST_COLUMNS,
      folder: { field: 'folder', type: 'key', target: 'folder' },
      filetype: { anyOf: ['filetype', 'fileType'], type: 'text' },
      filesize: { anyOf: ['filesize', 'documentsize', 'size'], type: 'number' },
      createddate: { anyOf: ['createddate', 'created'], type: 'datetime' },
      lastmodifieddate: { anyOf: ['lastmodifieddate', 'modified'], type: 'datetime' },
      isonline: { field: 'isonline', type: 'bool' },
      url: { field: 'url', type: 'text' },
    },
    hidden: { contents: 'NOT_EXPOSED' },
  },
  deletedrecord: {
    label: 'deletedRecord',
    types: ['deletedrecord'],
    columns: {
      name: { field: 'name', type: 'text' },
      deleteddate: { field: 'deleteddate', type: 'datetime' },
      deletedby: { field: 'deletedby', type: 'key', target: 'entity' },
      context: { field: 'context', type: 'text' },
      recordid: { anyOf: ['recordid', 'internalid'], type: 'number' },
      recordtypeid: { anyOf: ['recordtype', 'recordtypeid'], type: 'text' },
      type: { anyOf: ['recordtype', 'type'], type: 'text' },
      scriptid: { anyOf: ['scriptid', 'recordtype'], type: 'text' },
      iscustomrecord: {
        make: (row) => ({
          sql: `CASE WHEN ${extract(`${row}.data`, 'recordtype')} LIKE 'customrecord%' THEN 'T' ELSE 'F' END`,
          type: 'bool',
          constant: false,
        }),
      },
    },
  },
  timebill: {
    label: 'TimeBill',
    types: ['timebill', 'timeentry'],
    columns: { hours: { make: (row) => ({ sql: hoursOf(row), type: 'number', constant: false }) } },
  },
  customrecordtype: {
    label: 'CustomRecordType',
    types: ['customrecordtype'],
    columns: {
      ...LIST_COLUMNS,
      internalid: { make: (row) => ({ sql: `${row}.id`, type: 'number', constant: false }) },
      scriptid: { field: 'scriptid', type: 'text' },
      recordname: { field: 'name', type: 'text' },
      description: { field: 'description', type: 'text' },
    },
    registryFields: false,
  },
  script: {
    label: 'script',
    types: ['script'],
    columns: {
      ...LIST_COLUMNS,
      scriptid: { field: 'scriptid', type: 'text' },
      scripttype: { field: 'scripttype', type: 'text' },
    },
  },
  scriptdeployment: {
    label: 'scriptDeployment',
    types: ['scriptdeployment'],
    columns: {
      scriptid: { field: 'scriptid', type: 'text' },
      title: { field: 'title', type: 'text' },
      primarykey: { make: (row) => ({ sql: `${row}.id`, type: 'number', constant: false }) },
      script: { field: 'script', type: 'key', target: 'script' },
      status: { field: 'status', type: 'text' },
      isdeployed: { field: 'isdeployed', type: 'bool' },
      recordtype: { field: 'recordtype', type: 'text' },
    },
  },
  // The analytics data source calls it EntityStatus, with names of its own for id, stage and inactive.
  customerstatus: {
    label: 'EntityStatus',
    types: ['customerstatus'],
    columns: {
      ...LIST_COLUMNS,
      key: { make: (row) => ({ sql: `${row}.id`, type: 'number', constant: false }) },
      entitytype: { field: 'stage', type: 'text' },
      inactive: { field: 'isinactive', type: 'bool' },
      probability: { field: 'probability', type: 'number' },
    },
  },
  currency: {
    label: 'currency',
    types: ['currency'],
    columns: {
      ...LIST_COLUMNS,
      symbol: { field: 'symbol', type: 'text' },
      exchangerate: { field: 'exchangerate', type: 'number' },
    },
  },
  account: {
    label: 'account',
    types: ['account'],
    columns: {
      isinactive: { field: 'isinactive', type: 'bool' },
      fullname: { field: 'acctname', type: 'text' },
      displaynamewithhierarchy: { make: (row) => rawColumn(nameOf(row, 'account'), 'text') },
      accountsearchdisplayname: { make: (row) => rawColumn(ownName(row, 'account'), 'text') },
      accountsearchdisplaynamecopy: { field: 'acctname', type: 'text' },
    },
  },
  currencyrate: {
    label: 'currencyRate',
    types: ['currencyrate'],
    columns: {
      basecurrency: { field: 'basecurrency', type: 'key', target: 'currency' },
      transactioncurrency: { field: 'transactioncurrency', type: 'key', target: 'currency' },
      exchangerate: { field: 'exchangerate', type: 'number' },
      effectivedate: { field: 'effectivedate', type: 'date' },
      lastmodifieddate: { field: 'lastmodifieddate', type: 'datetime' },
    },
  },
};

/** Other names of the analytics data source for record types. */
export const TABLE_ALIASES: Record<string, string> = {
  class: 'classification',
  folder: 'mediaitemfolder',
  case: 'supportcase',
  mediaitem: 'file',
  entitystatus: 'customerstatus',
  terms: 'term',
};

const itemId = { make: ownerColumn('item') };
const PRICE_SUBLISTS = Array.from({ length: 10 }, (_, i) => `price${i + 1}`).concat('price');
const unitPrice = (row: string): string =>
  `COALESCE(${['price_1_', 'price', 'unitprice', 'price_0_'].map((name) => extract(`${row}.data`, name)).join(', ')})`;
const currencyOf = (row: string): string =>
  `COALESCE(${extract(`${row}.data`, 'currency')}, CASE WHEN ${row}.sublist = 'price' THEN '1' ELSE substr(${row}.sublist, 6) END)`;

const pricing = (label: string): SublistTableSpec => ({
  label,
  types: itemTypes,
  sublists: PRICE_SUBLISTS,
  registryFields: false,
  columns: {
    item: itemId,
    pricelevel: { field: 'pricelevel', type: 'key', target: 'pricelevel' },
    pricelevelname: { anyOf: ['pricelevelname', 'pricelevel_display'], type: 'text' },
    unitprice: { make: (row) => rawColumn(unitPrice(row), 'number') },
    price: { make: (row) => rawColumn(unitPrice(row), 'number') },
    currency: { make: (row) => rawColumn(currencyOf(row), 'key', 'currency') },
    currencypage: { make: (row) => rawColumn(currencyOf(row), 'key', 'currency') },
    quantity: { make: () => ({ sql: '0', type: 'number', constant: false }) },
    isinactive: { make: () => ({ sql: "'F'", type: 'bool', constant: false }) },
  },
});

const ITEM_MEMBERS: SublistTableSpec = {
  label: 'itemMember',
  types: itemTypes,
  sublists: ['member'],
  columns: {
    parentitem: itemId,
    item: { field: 'item', type: 'key', target: 'item' },
    quantity: { field: 'quantity', type: 'number' },
    linenumber: { make: (row) => ({ sql: `${row}.seq + 1`, type: 'number', constant: false }) },
  },
};

const ITEM_VENDORS: SublistTableSpec = {
  label: 'itemVendor',
  types: itemTypes,
  sublists: ['itemvendor'],
  columns: {
    item: itemId,
    vendor: { field: 'vendor', type: 'key', target: 'vendor' },
    vendorcode: { field: 'vendorcode', type: 'text' },
    purchaseprice: { field: 'purchaseprice', type: 'number' },
    preferredvendor: { field: 'preferredvendor', type: 'bool' },
    subsidiary: { field: 'subsidiary', type: 'key', target: 'subsidiary' },
    vendorcurrency: { field: 'vendorcurrency', type: 'key', target: 'currency' },
  },
};

const stock = (label: string): SublistTableSpec => ({
  label,
  types: itemTypes,
  sublists: ['locations'],
  registryFields: true,
  columns: {
    item: itemId,
    location: { anyOf: ['location', 'locationid'], type: 'key', target: 'location' },
    ...Object.fromEntries(
      [
        'quantityonhand',
        'quantityavailable',
        'quantitycommitted',
        'quantityonorder',
        'quantitybackordered',
        'quantityintransit',
        'averagecostmli',
        'onhandvaluemli',
        'reorderpoint',
      ].map((field) => [field, { field, type: 'number' as const }]),
    ),
  },
});

/** Stock by item and location: no bins, numbers or statuses are kept, so their columns are empty. */
function withoutBins(table: SublistTableSpec): SublistTableSpec {
  const empty: ColumnSpec = { make: () => ({ sql: 'NULL', type: 'null', constant: false }) };
  return { ...table, columns: { ...table.columns, binnumber: empty, inventorynumber: empty, inventorystatus: empty } };
}

/** Who has which role. */
const EMPLOYEE_ROLES: SublistTableSpec = {
  label: 'EmployeeRolesForSearch',
  types: ['employee'],
  sublists: ['roles'],
  columns: {
    entity: { make: ownerColumn('employee') },
    role: { field: 'selectedrole', type: 'key', target: 'role' },
  },
  registryFields: false,
};

export const SUBLIST_TABLES: Record<string, SublistTableSpec> = {
  employeerolesforsearch: EMPLOYEE_ROLES,
  pricing: pricing('pricing'),
  itemprice: pricing('itemPrice'),
  itemmember: ITEM_MEMBERS,
  itemvendor: ITEM_VENDORS,
  inventoryitemlocations: stock('inventoryItemLocations'),
  aggregateitemlocation: stock('aggregateItemLocation'),
  inventorybalance: withoutBins(stock('InventoryBalance')),
  companycontactrelationship: CONTACT_RELATIONSHIP,
  ...FIXED_TABLES,
  ...SUBSIDIARY_TABLES,
  ...LEDGER_TABLES,
};

export { CUSTOM_RECORD_COLUMNS, LIST_COLUMNS };
