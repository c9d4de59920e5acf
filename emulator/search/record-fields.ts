import type { FieldMeta, Registry } from '../kernel/types';
import { CUSTOM_FIELD, unknownColumn } from '../suiteql/catalog/record-table';
import { ENTITY_TYPES, ITEM_TYPES, itemTypeCase } from '../suiteql/catalog/item-types';
import { subfield } from '../suiteql/catalog/address-tables';
import { nameOf } from '../suiteql/catalog/display';
import { altName } from '../suiteql/catalog/entity-columns';
import { hoursOf } from '../suiteql/catalog/duration';
import { quote } from '../suiteql/compile/sql';
import { computed, externalIdField, extract, idField, metaField, named, rawField } from './fields';
import type { SearchBase } from './search-type';
import type { SearchField } from './field-type';
import type { Format } from './types';
import { PROJECT_TASK, SUPPORT_CASE, TASK } from './activity-figures';
import { CUSTOMER_DATES } from './customer-dates';
import { flatSegments } from './flat-segments';
import { CUSTOMER_FIGURES, VENDOR_FIGURES } from './entity-figures';
import { listedField, targetOf } from './search-fields';
import { uncomputedField } from './uncomputed-field';

export interface RecordContext {
  base: SearchBase;
  /** Alias of the row of `record`. */
  alias: string;
  registry: Registry;
  acceptUnknown: boolean;
}

type Make = (alias: string) => SearchField;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);
const either =
  (fields: string[], format: Format, target?: string): Make =>
  (alias) =>
    rawField(`COALESCE(${fields.map((field) => own(alias, field)).join(', ')}, NULL)`, format, target);

/** The address of an entity that a flag marks, or its only one. */
function address(field: string, flag: string): Make {
  return (alias) =>
    rawField(
      `(SELECT ${subfield('addressbookaddress', field, 'a')} FROM line a WHERE a.type = ${alias}.type AND a.id = ${alias}.id ` +
        `AND a.sublist = 'addressbook' ORDER BY ${extract('a.data', flag)} IN (1, 'T') DESC, a.seq LIMIT 1)`,
      field === 'country' || field === 'state' ? 'select' : 'text',
      field === 'country' ? 'list:country' : undefined,
    );
}

const addressNames = (prefix: string, flag: string): Record<string, Make> => ({
  [`${prefix}address1`]: address('addr1', flag),
  [`${prefix}address2`]: address('addr2', flag),
  [`${prefix}address3`]: address('addr3', flag),
  [`${prefix}address`]: address('addrtext', flag),
  [`${prefix}addressee`]: address('addressee', flag),
  [`${prefix}attention`]: address('attention', flag),
  [`${prefix}city`]: address('city', flag),
  [`${prefix}state`]: address('state', flag),
  [`${prefix}zip`]: address('zip', flag),
  [`${prefix}zipcode`]: address('zip', flag),
  [`${prefix}country`]: address('country', flag),
  [`${prefix}countrycode`]: address('country', flag),
  [`${prefix}phone`]: address('addrphone', flag),
});

const { phone: _unused, ...PLAIN_ADDRESS } = addressNames('', 'defaultbilling');

const stage: Make = (alias) =>
  computed(
    `upper(${alias}.type)`,
    'select',
    `CASE ${alias}.type WHEN 'lead' THEN 'Lead' WHEN 'prospect' THEN 'Prospect' ELSE 'Customer' END`,
  );

/** A name that a column shows with those above it (`Parent : Child`) and a filter compares without them. */
function nested(field: string, indexType: string, group: string): Make {
  return (alias) => {
    const plain = named({ data: `${alias}.data`, indexType }, field, 'text');
    return { ...rawField(nameOf(alias, group), 'text'), filterSql: plain.value };
  };
}

/** Departments, locations and other lists in levels: `name` shows the levels, `namenohierarchy` does not. */
const nestedList = (type: string): Record<string, Make> => ({
  name: nested('name', type, type),
  namenohierarchy: (alias) => named({ data: `${alias}.data`, indexType: type }, 'name', 'text'),
});
const NESTED = Object.fromEntries(
  ['classification', 'department', 'location', 'subsidiary'].map((type) => [type, nestedList(type)]),
);

/** Names that searches of entities use beside the record's own fields. */
const ENTITY: Record<string, Make> = {
  altname: (alias) => rawField(altName(alias), 'text'),
  entityid: nested('entityid', 'customer', 'entity'),
  entitynumber: (alias) => rawField(`${alias}.id`, 'integer'),
  stage,
  type: (alias) => ({
    ...computed(caseOf(alias, 0), 'select', caseOf(alias, 1)),
    filterSql: { sql: `${alias}.type`, type: 'text', constant: false },
    filterValue: (given) =>
      Object.entries(ENTITY_TYPES).flatMap(([type, [code]]) =>
        code.toLowerCase() === given.toLowerCase() || type === given.toLowerCase() ? [type] : [],
      ),
  }),
  ...PLAIN_ADDRESS,
  defaultaddress: address('addrtext', 'defaultbilling'),
  ...addressNames('bill', 'defaultbilling'),
  ...addressNames('ship', 'defaultshipping'),
  datecreated: either(['datecreated', 'createddate'], 'datetime'),
};

function caseOf(alias: string, index: 0 | 1): string {
  const arms = Object.entries(ENTITY_TYPES).map(([type, entry]) => `WHEN ${quote(type)} THEN ${quote(entry[index])}`);
  return `CASE ${alias}.type ${arms.join(' ')} END`;
}

const SEGMENTS = flatSegments((field, target) => either([field], 'select', target));

/** The preferred vendor, which items with several have in their list of vendors. */
export const preferredVendor = (alias: string): string =>
  `COALESCE(${own(alias, 'vendor')}, (SELECT ${own('v', 'vendor')} FROM line v WHERE v.type = ${alias}.type AND v.id = ${alias}.id ` +
  `AND v.sublist = 'itemvendor' AND ${own('v', 'preferredvendor')} IN (1, 'T') LIMIT 1))`;

const ITEM: Record<string, Make> = {
  ...SEGMENTS,
  name: nested('itemid', 'item', 'item'),
  itemid: nested('itemid', 'item', 'item'),
  type: (alias) => ({
    ...computed(itemTypeCase(`${alias}.type`, 0), 'select', itemTypeCase(`${alias}.type`, 1)),
    filterSql: { sql: `${alias}.type`, type: 'text', constant: false },
    filterValue: (given) =>
      Object.entries(ITEM_TYPES).flatMap(([type, [code]]) =>
        code.toLowerCase() === given.toLowerCase() ? [type] : [],
      ),
  }),
  subtype: (alias) => computed(itemTypeCase(`${alias}.type`, 2), 'select', itemTypeCase(`${alias}.type`, 2)),
  created: either(['createddate', 'created', 'datecreated'], 'datetime'),
  modified: either(['lastmodifieddate', 'modified'], 'datetime'),
  lastmodifieddate: either(['lastmodifieddate', 'modified'], 'datetime'),
  salesdescription: either(['salesdescription', 'description'], 'text'),
  baseprice: (alias) => rawField(priceOf(alias, '1'), 'currency'),
  onlineprice: (alias) => rawField(priceOf(alias, ONLINE_LEVEL), 'currency'),
  subsidiary: (alias) => named({ data: `${alias}.data`, indexType: null }, 'subsidiary', 'multi', 'subsidiary'),
  vendor: (alias) => rawField(preferredVendor(alias), 'select', 'vendor'),
};

/** `price2` is the price at level 2. */
const PRICE_LEVEL = /^price(\d+)$/;
const ONLINE_LEVEL = '5';

/** The price of the first quantity at a level, in the first currency. Price level 1 is the base price. */
const priceOf = (alias: string, level: string): string =>
  `(SELECT COALESCE(${['price_1_', 'price', 'unitprice'].map((name) => extract('p.data', name)).join(', ')}) FROM line p WHERE p.type = ${alias}.type AND p.id = ${alias}.id ` +
  `AND p.sublist IN ('price', 'price1') AND COALESCE(${extract('p.data', 'pricelevel')}, '1') = ${quote(level)} ORDER BY p.seq LIMIT 1)`;

const CUSTOM: Record<string, Make> = {
  id: (alias) => idField(alias),
  created: either(['created', 'datecreated', 'createddate'], 'datetime'),
  lastmodified: either(['lastmodified', 'lastmodifieddate'], 'datetime'),
  altname: either(['altname', 'name'], 'text'),
};

const DELETED: Record<string, Make> = {
  recordtype: (alias) => computed(own(alias, 'recordtype'), 'select', own(alias, 'recordtype')),
  externalid: (alias) => rawField(`COALESCE(${own(alias, 'externalid')}, ${alias}.externalid)`, 'text'),
  name: (alias) => rawField(own(alias, 'name'), 'text'),
  deleteddate: (alias) => rawField(own(alias, 'deleteddate'), 'datetime'),
  deletedby: (alias) => rawField(own(alias, 'deletedby'), 'select', 'entity'),
  context: (alias) => rawField(own(alias, 'context'), 'text'),
  internalid: (alias) =>
    computed(`COALESCE(${own(alias, 'recordid')}, ${own(alias, 'internalid')}, ${alias}.id)`, 'text'),
};

const STAGES = new Set(['customer', 'lead', 'prospect']);
const CUSTOMER = { ...ENTITY, ...CUSTOMER_FIGURES, ...CUSTOMER_DATES };
const VENDOR = { ...ENTITY, ...VENDOR_FIGURES };
/** `access`, `salesrep` and `supportrep` are how searches call `giveaccess` and its like; scripts read the fields by their own names too. */
const EMPLOYEE: Record<string, Make> = {
  ...ENTITY,
  ...SEGMENTS,
  access: (alias) => named({ data: `${alias}.data`, indexType: null }, 'giveaccess', 'checkbox'),
  salesrep: (alias) => named({ data: `${alias}.data`, indexType: null }, 'issalesrep', 'checkbox'),
  supportrep: (alias) => named({ data: `${alias}.data`, indexType: null }, 'issupportrep', 'checkbox'),
};
/** Whose project it is stands in `parent`. */
const PROJECT: Record<string, Make> = {
  ...ENTITY,
  customer: (alias) => rawField(own(alias, 'parent'), 'select', 'customer'),
};
const TIME: Record<string, Make> = {
  durationdecimal: (alias) => rawField(hoursOf(alias), 'float'),
  date: (alias) => rawField(own(alias, 'trandate'), 'date'),
};
/** A run of a script: its status by the names that scripts ask for (`PENDING`), and the id that `task.submit` answered. */
const SCRIPT_RUN: Record<string, Make> = {
  status: (alias) => computed(`upper(${own(alias, 'status')})`, 'select', own(alias, 'status')),
  taskid: (alias) => rawField(own(alias, 'taskid'), 'text'),
};
const ACCOUNT: Record<string, Make> = {
  name: nested('acctname', 'account', 'account'),
  displayname: either(['acctname'], 'text'),
  number: either(['acctnumber'], 'text'),
  type: (alias) => rawField(own(alias, 'accttype'), 'select', 'list:accounttype'),
};

function namesFor(base: SearchBase): Record<string, Make> {
  const type = base.types[0] ?? '';
  if (STAGES.has(type)) return CUSTOMER;
  if (type === 'vendor') return VENDOR;
  if (type === 'employee') return EMPLOYEE;
  if (type === 'job') return PROJECT;
  if (type === 'account') return ACCOUNT;
  if (type === 'scheduledscriptinstance') return SCRIPT_RUN;
  if (type === 'task') return TASK;
  if (type === 'projecttask') return PROJECT_TASK;
  if (type === 'supportcase') return SUPPORT_CASE;
  if (type === 'timebill' || type === 'timeentry') return TIME;
  if (type in ENTITY_TYPES) return ENTITY;
  if (type in ITEM_TYPES) return ITEM;
  if (type === 'deletedrecord') return DELETED;
  if (NESTED[type]) return NESTED[type];
  return /^custom(record|list)/.test(type) ? CUSTOM : {};
}

/** A field of a record by its search name; undefined when there is none. */
export function recordField(context: RecordContext, name: string): SearchField | undefined {
  const { alias, base } = context;
  const special = namesFor(base)[name];
  if (special) return special(alias);
  const level = PRICE_LEVEL.exec(name)?.[1];
  if (level !== undefined && namesFor(base) === ITEM) return rawField(priceOf(alias, level), 'currency');
  switch (name) {
    case 'internalid':
      return idField(alias);
    case 'internalidnumber':
      return { value: { sql: `${alias}.id`, type: 'number', constant: false }, format: 'integer' };
    case 'externalid':
      return externalIdField(alias, groupOf(context));
    case 'externalidstring':
      return { value: externalIdField(alias, groupOf(context)).value, format: 'text' };
    case 'recordtype':
      // Deployments have a field of that name: the type they are deployed to.
      if (!metaOf(context, name)) return computed(`${alias}.type`, 'text');
  }
  const meta = metaOf(context, name);
  const kind = base.group ?? base.types[0] ?? '';
  const uncomputed = uncomputedField(base, kind, name, meta, own(alias, name), `${alias}.id`);
  if (uncomputed) return uncomputed;
  if (meta && meta.type !== 'summary')
    return metaField({ data: `${alias}.data`, indexType: base.types[0] ?? null }, meta);
  const listed = listedField(base.id, name) ?? listedField(base.group ?? base.types[0] ?? '', name);
  if (listed) return named({ data: `${alias}.data`, indexType: null }, name, listed.format, targetOf(base.id, name));
  if (context.acceptUnknown && CUSTOM_FIELD.test(name)) return unknownField(alias, name, context.registry);
  return undefined;
}

export function unknownField(alias: string, name: string, registry: Registry): SearchField {
  const value = unknownColumn(`${alias}.data`, name, registry);
  return value.type === 'key'
    ? { value, format: 'select', text: value.display?.() ?? value.sql }
    : { value, format: 'text', untyped: true };
}

export function metaOf(
  { base, registry }: Pick<RecordContext, 'base' | 'registry'>,
  name: string,
): FieldMeta | undefined {
  if (base.group !== undefined) {
    const found = registry.type(base.group)?.fields[name];
    if (found) return found;
  }
  for (const type of base.types) {
    const found = registry.type(type)?.fields[name];
    if (found) return found;
  }
  return undefined;
}

const groupOf = ({ base, registry }: RecordContext): string | undefined =>
  base.group ?? registry.type(base.types[0] ?? '')?.group;
