import { quote } from '../compile/sql';
import { addressKey } from './address-tables';
import { extract, rawColumn } from './column';
import { nameOf } from './display';
import { ENTITY_TYPES, itemTypeCase } from './item-types';
import type { ColumnSpec } from './record-table';

const own = (row: string, field: string): string => extract(`${row}.data`, field);
const isPerson = (row: string): string => `${own(row, 'isperson')} IN (1, 'T')`;
const personName = (row: string): string =>
  `ora_trim(COALESCE(${own(row, 'firstname')}, '') || ' ' || COALESCE(${own(row, 'lastname')}, ''))`;

/** Name of the company or the person, whatever the id says. */
export const altName = (row: string): string =>
  `COALESCE(${own(row, 'altname')}, CASE WHEN ${isPerson(row)} THEN ${personName(row)} END, ${own(row, 'companyname')}, ${personName(row)})`;

const defaultAddress = (flag: string): ColumnSpec => ({
  make: (row) =>
    rawColumn(
      `(SELECT ${addressKey('b')} FROM line b WHERE b.type = ${row}.type AND b.id = ${row}.id AND b.sublist = 'addressbook' AND ${extract('b.data', flag)} IN (1, 'T') LIMIT 1)`,
      'number',
    ),
});

const AUDIT: Record<string, ColumnSpec> = {
  datecreated: { anyOf: ['datecreated', 'createddate'], type: 'datetime' },
  lastmodifieddate: { field: 'lastmodifieddate', type: 'datetime' },
};

const NAMES: Record<string, ColumnSpec> = {
  entityid: { field: 'entityid', type: 'text' },
  altname: { make: (row) => rawColumn(altName(row), 'text') },
  entitytitle: { make: (row) => rawColumn(nameOf(row, 'entity'), 'text') },
  fullname: { make: (row) => rawColumn(nameOf(row, 'entity'), 'text') },
  isperson: { field: 'isperson', type: 'bool' },
  isinactive: { field: 'isinactive', type: 'bool' },
  companyname: { field: 'companyname', type: 'text' },
  firstname: { field: 'firstname', type: 'text' },
  lastname: { field: 'lastname', type: 'text' },
  email: { field: 'email', type: 'text' },
  phone: { field: 'phone', type: 'text' },
};

const STAGE = (row: string): string =>
  `CASE ${row}.type WHEN 'lead' THEN 'Lead' WHEN 'prospect' THEN 'Prospect' ELSE 'Customer' END`;

export const CUSTOMER_COLUMNS: Record<string, ColumnSpec> = {
  ...NAMES,
  ...AUDIT,
  searchstage: { make: (row) => ({ sql: STAGE(row), type: 'text', constant: false }) },
  entitystatus: { field: 'entitystatus', type: 'key', target: 'customerstatus:stage' },
  parent: { field: 'parent', type: 'key', target: 'customer' },
  salesrep: { field: 'salesrep', type: 'key', target: 'employee' },
  subsidiary: { field: 'subsidiary', type: 'key', target: 'subsidiary' },
  currency: { field: 'currency', type: 'key', target: 'currency' },
  terms: { field: 'terms', type: 'key', target: 'term' },
  pricelevel: { field: 'pricelevel', type: 'key', target: 'pricelevel' },
  category: { field: 'category', type: 'key', target: 'customercategory' },
  creditlimit: { field: 'creditlimit', type: 'number' },
  defaultbillingaddress: defaultAddress('defaultbilling'),
  defaultshippingaddress: defaultAddress('defaultshipping'),
  toplevelparent: {
    make: (row) => rawColumn(`COALESCE(${own(row, 'parent')}, CAST(${row}.id AS TEXT))`, 'key', 'customer'),
  },
};

/** "Fields like balance, total … exist in the catalog" of REST but not for queries: their search twins do (`balancesearch`). */
export const CUSTOMER_HIDDEN = Object.fromEntries(
  'balance consolbalance overduebalance consoloverduebalance unbilledorders depositbalance daysoverdue aging aging1 aging2 aging3 aging4 address'
    .split(' ')
    .map((field) => [field, 'NOT_EXPOSED']),
);

export const CONTACT_COLUMNS: Record<string, ColumnSpec> = {
  ...NAMES,
  ...AUDIT,
  company: { field: 'company', type: 'key', target: 'entity' },
  title: { field: 'title', type: 'text' },
};

export const PERSON_COLUMNS: Record<string, ColumnSpec> = { ...NAMES, ...AUDIT };

export const ENTITY_COLUMNS: Record<string, ColumnSpec> = {
  ...NAMES,
  ...AUDIT,
  type: {
    make: (row) => ({
      sql: `CASE ${row}.type ${Object.entries(ENTITY_TYPES)
        .map(([type, [code]]) => `WHEN '${type}' THEN ${quote(code)}`)
        .join(' ')} ELSE ${row}.type END`,
      type: 'text',
      constant: false,
    }),
  },
  customer: kindKey(['customer', 'lead', 'prospect']),
  contact: kindKey(['contact']),
  employee: kindKey(['employee']),
  vendor: kindKey(['vendor']),
  partner: kindKey(['partner']),
  fax: { field: 'fax', type: 'text' },
  comments: { field: 'comments', type: 'text' },
  title: { field: 'title', type: 'text' },
  parent: { field: 'parent', type: 'key', target: 'entity' },
};

function kindKey(types: string[]): ColumnSpec {
  return {
    make: (row) => rawColumn(`CASE WHEN ${row}.type IN (${types.map(quote).join(', ')}) THEN ${row}.id END`, 'number'),
  };
}

export const ITEM_COLUMNS: Record<string, ColumnSpec> = {
  itemid: { field: 'itemid', type: 'text' },
  fullname: { make: (row) => rawColumn(nameOf(row, 'item'), 'text') },
  itemtype: {
    make: (row) => ({
      sql: itemTypeCase(`${row}.type`, 0),
      type: 'text',
      constant: false,
      display: () => itemTypeCase(`${row}.type`, 1),
    }),
  },
  subtype: { make: (row) => ({ sql: itemTypeCase(`${row}.type`, 2), type: 'text', constant: false }) },
  displayname: { field: 'displayname', type: 'text' },
  description: { anyOf: ['salesdescription', 'description'], type: 'text' },
  isinactive: { field: 'isinactive', type: 'bool' },
  createddate: { anyOf: ['createddate', 'datecreated', 'created'], type: 'datetime' },
  lastmodifieddate: { anyOf: ['lastmodifieddate', 'modified'], type: 'datetime' },
  lastquantityavailablechange: { field: 'lastquantityavailablechange', type: 'datetime' },
  totalquantityonhand: { anyOf: ['quantityonhand', 'totalquantityonhand'], type: 'number' },
  parent: { field: 'parent', type: 'key', target: 'item' },
  subsidiary: { field: 'subsidiary', type: 'multi', target: 'subsidiary' },
  class: { field: 'class', type: 'key', target: 'classification' },
  department: { field: 'department', type: 'key', target: 'department' },
  location: { field: 'location', type: 'key', target: 'location' },
  averagecost: { field: 'averagecost', type: 'number' },
  lastpurchaseprice: { field: 'lastpurchaseprice', type: 'number' },
};

export const CUSTOM_RECORD_COLUMNS: Record<string, ColumnSpec> = {
  name: { field: 'name', type: 'text' },
  altname: { anyOf: ['altname', 'name'], type: 'text' },
  isinactive: { field: 'isinactive', type: 'bool' },
  created: { anyOf: ['created', 'datecreated', 'createddate'], type: 'datetime' },
  lastmodified: { anyOf: ['lastmodified', 'lastmodifieddate'], type: 'datetime' },
  owner: { field: 'owner', type: 'key', target: 'entity' },
  lastmodifiedby: { field: 'lastmodifiedby', type: 'key', target: 'entity' },
  recordid: { make: (row) => ({ sql: `${row}.id`, type: 'number', constant: false }) },
  scriptid: { field: 'scriptid', type: 'text' },
};

export const LIST_COLUMNS: Record<string, ColumnSpec> = {
  name: { field: 'name', type: 'text' },
  isinactive: { field: 'isinactive', type: 'bool' },
  lastmodifieddate: { field: 'lastmodifieddate', type: 'datetime' },
};
