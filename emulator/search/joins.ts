import type { Registry } from '../kernel/types';
import { extract } from '../suiteql/catalog/column';
import { typeList } from '../suiteql/catalog/table';
import { assignmentRows } from './assignments';
import { metaOf, preferredVendor } from './record-fields';
import { searchBase, type SearchBase, targetBase } from './search-type';
import { balanceReference, isBalance } from './inventory-balance';
import { isItemBase, itemList } from './item-lists';
import { linkedTransactions } from './linked-transactions';
import { ENTITY_INDEX } from '../suiteql/catalog/transaction-entity';
import { entitySql, isCustomerNamed } from './transaction-entity';

/** How a join of a search is made: the records it leads to and the ON condition. */
export interface JoinPlan {
  base: SearchBase;
  on: (alias: string) => string;
  /** Rows of a sublist instead of records (addresses, prices, stock). */
  lines?: { sublists: string[]; subrecord?: string };
  /** Rows of a JSON list within the line instead of records: what the join reads from. */
  each?: string;
  /** Leads to lines of transactions, with the transaction that each stands in: the ON condition of a line. */
  ofLines?: (line: string) => string;
  /** Indexes that the condition reads by. */
  indexes?: { type: string; field: string; sublist?: string }[];
  /** An expression over the columns of `record` that it reads by. */
  computed?: string;
}

export interface JoinFrom {
  base: SearchBase;
  registry: Registry;
  /** Alias of the record row, and of the line where the search has lines. */
  alias: string;
  line: string | null;
  /** The member on the row of an item's members, for the join that follows it. */
  member?: string;
}

const byId = (alias: string, raw: string): string => `${alias}.id = CAST(${raw} AS INTEGER)`;

/** Join names that do not equal the field they follow (data table): name → field, and what it leads to. */
const TRANSACTION_JOINS: Record<string, [field: string, target: string]> = {
  customer: ['entity', 'customer'],
  customermain: ['entity', 'customer'],
  vendor: ['entity', 'vendor'],
  employee: ['entity', 'employee'],
  partner: ['partner', 'partner'],
  entity: ['entity', 'entity'],
  job: ['job', 'job'],
  jobmain: ['job', 'job'],
  createdfrom: ['createdfrom', 'transaction'],
  salesrep: ['salesrep', 'employee'],
  opportunity: ['opportunity', 'opportunity'],
  contact: ['contact', 'contact'],
  user: ['createdby', 'entity'],
  currency: ['currency', 'currency'],
  subsidiary: ['subsidiary', 'subsidiary'],
  terms: ['terms', 'term'],
  account: ['account', 'account'],
  leadsource: ['leadsource', 'campaign'],
};
const LINE_JOINS: Record<string, [field: string, target: string]> = {
  item: ['item', 'item'],
  location: ['location', 'location'],
  department: ['department', 'department'],
  class: ['class', 'classification'],
  account: ['account', 'account'],
  vendorline: ['entity', 'vendor'],
  customerline: ['entity', 'customer'],
};
const RECORD_JOINS: Record<string, Record<string, [field: string, target: string]>> = {
  customer: {
    parentcustomer: ['parent', 'customer'],
    toplevelparent: ['parent', 'customer'],
    customer: ['parent', 'customer'],
  },
  contact: {
    company: ['company', 'entity'],
    customer: ['company', 'customer'],
    customerprimary: ['company', 'customer'],
    vendor: ['company', 'vendor'],
  },
  item: { parent: ['parent', 'item'] },
  job: { customer: ['parent', 'customer'] },
  scriptdeployment: { script: ['script', 'script'] },
  scheduledscriptinstance: {
    script: ['script', 'script'],
    scriptdeployment: ['scriptdeployment', 'scriptdeployment'],
  },
  supportcase: { customer: ['company', 'customer'], employee: ['assigned', 'employee'] },
  timebill: { timesheet: ['timesheet', 'timesheet'] },
};
/** Records that point back at the base: name → their type and field. */
const REVERSE: Record<string, Record<string, [type: string, field: string]>> = {
  customer: {
    contact: ['contact', 'company'],
    contactprimary: ['contact', 'company'],
    transaction: ['transaction', 'entity'],
    subcustomer: ['customer', 'parent'],
    opportunity: ['opportunity', 'entity'],
    case: ['supportcase', 'company'],
    task: ['task', 'company'],
    call: ['phonecall', 'company'],
    event: ['calendarevent', 'company'],
  },
  vendor: { contact: ['contact', 'company'], transaction: ['transaction', 'entity'] },
  script: { deployment: ['scriptdeployment', 'script'], scriptdeployment: ['scriptdeployment', 'script'] },
  timesheet: { timebill: ['timebill', 'timesheet'] },
  folder: { file: ['file', 'folder'] },
};

export function planJoin(from: JoinFrom, name: string): JoinPlan | undefined {
  if (isBalance(from.base)) {
    const reference = balanceReference(from.alias, name);
    return reference && leadTo(from, ...reference);
  }
  return (
    fromTransaction(from, name) ??
    transactionsOfItem(from, name) ??
    fromSublist(from, name) ??
    byTable(from, name) ??
    attachedFiles(from, name) ??
    userNotes(from, name) ??
    knownReverse(from, name) ??
    byField(from, name) ??
    reverse(from, name)
  );
}

function leadTo(from: JoinFrom, raw: string, target: string): JoinPlan | undefined {
  const base = targetBase(from.registry, target);
  return base && { base, on: (alias) => byId(alias, raw) };
}

function fromTransaction(from: JoinFrom, name: string): JoinPlan | undefined {
  if (from.base.kind !== 'transaction') return undefined;
  if (name === 'inventorydetail')
    return {
      base: { kind: 'record', id: name, types: from.base.types },
      each: assignmentRows(from.line),
      on: () => '1 = 1',
    };
  const line = LINE_JOINS[name];
  if (line && from.line !== null) return leadTo(from, extract(`${from.line}.data`, line[0]), line[1]);
  const body = TRANSACTION_JOINS[name] ?? line;
  if (body) {
    const isNamed = body[0] === 'entity' && isCustomerNamed(from.base);
    return leadTo(from, isNamed ? entitySql(from.alias) : extract(`${from.alias}.data`, body[0]), body[1]);
  }
  return linkedTransactions(from, name);
}

function fromSublist(from: JoinFrom, name: string): JoinPlan | undefined {
  const { base, alias } = from;
  const mine = (lineAlias: string): string => `${lineAlias}.type = ${alias}.type AND ${lineAlias}.id = ${alias}.id`;
  if (['address', 'billingaddress', 'shippingaddress'].includes(name) && base.kind === 'record') {
    const flag = { billingaddress: 'defaultbilling', shippingaddress: 'defaultshipping' }[name];
    return {
      base: { kind: 'record', id: 'address', types: base.types },
      lines: { sublists: ['addressbook'], subrecord: 'addressbookaddress' },
      on: (row) => mine(row) + (flag ? ` AND ${extract(`${row}.data`, flag)} IN (1, 'T')` : ''),
    };
  }
  if (name === 'pricing' && base.types.some((type) => /item/.test(type))) {
    const sublists = ['price', ...Array.from({ length: 10 }, (_, i) => `price${i + 1}`)];
    return { base: { kind: 'record', id: 'pricing', types: base.types }, lines: { sublists }, on: mine };
  }
  if (name === 'inventorylocation' && base.types.some((type) => /item|^inventorynumber$/.test(type))) {
    return {
      base: { kind: 'record', id: 'inventorylocation', types: base.types },
      lines: { sublists: ['locations'] },
      on: mine,
    };
  }
  if (name === 'memberitem' && from.member !== undefined) return leadTo(from, from.member, 'item');
  const sublist = itemList(base, name);
  return sublist === undefined
    ? undefined
    : { base: { kind: 'record', id: name, types: base.types }, lines: { sublists: [sublist] }, on: mine };
}

/** Files that were attached to the record (`record.attach`, section_4267282652). */
function attachedFiles({ base, alias, registry }: JoinFrom, name: string): JoinPlan | undefined {
  if (name !== 'file' || base.id === 'folder') return undefined;
  const attached =
    `SELECT CAST(${extract('f.data', 'mediaitem')} AS INTEGER) FROM line f ` +
    `WHERE f.type = ${alias}.type AND f.id = ${alias}.id AND f.sublist = 'mediaitem'`;
  return { base: searchBase(registry, 'file'), on: (file) => `${file}.id IN (${attached})` };
}

/** Lines of transactions with the item, one row each (Oracle's records reference, joins of item searches). */
function transactionsOfItem({ base, alias, registry }: JoinFrom, name: string): JoinPlan | undefined {
  if (name !== 'transaction' || !isItemBase(base)) return undefined;
  return {
    base: searchBase(registry, 'transaction'),
    on: () => '1 = 1',
    ofLines: (line) => `${line}.sublist = 'item' AND ${extract(`${line}.data`, 'item')} = '' || ${alias}.id`,
    indexes: [{ type: 'transaction', field: 'item', sublist: 'item' }],
  };
}

/** Notes that users wrote on the record, by the field of the note that names it. */
function userNotes({ base, alias, registry }: JoinFrom, name: string): JoinPlan | undefined {
  if (name !== 'usernotes') return undefined;
  const group = registry.type(base.types[0] ?? '')?.group ?? '';
  const field = { entity: 'entity', transaction: 'transaction', item: 'item', event: 'activity' }[group];
  return field === undefined
    ? undefined
    : { base: searchBase(registry, 'note'), on: (note) => `${extract(`${note}.data`, field)} = '' || ${alias}.id` };
}

/** Contacts of a company: its own, and those attached to it (section_4267282652). */
const attachedContacts = (alias: string, contact: string): string =>
  `${contact}.id IN (SELECT CAST(${extract('f.data', 'contact')} AS INTEGER) FROM line f ` +
  `WHERE f.type = ${alias}.type AND f.id = ${alias}.id AND f.sublist = 'contactroles')`;

function byTable(from: JoinFrom, name: string): JoinPlan | undefined {
  if ((name === 'preferredvendor' || name === 'vendor') && isItemBase(from.base))
    return leadTo(from, preferredVendor(from.alias), 'vendor');
  const key = from.base.types.some((type) => /item/.test(type)) ? 'item' : (from.base.types[0] ?? '');
  const entry = RECORD_JOINS[key]?.[name];
  return entry && leadTo(from, extract(`${from.alias}.data`, entry[0]), entry[1]);
}

/** Any select field joins to what it points at. */
function byField(from: JoinFrom, name: string): JoinPlan | undefined {
  const meta = metaOf(from, name);
  if (meta?.type === 'select' && meta.selectType)
    return leadTo(from, extract(`${from.alias}.data`, name), meta.selectType);
  if (meta?.type === 'multiselect' && meta.selectType) {
    // A row for each of the values.
    const base = targetBase(from.registry, meta.selectType);
    const values = `SELECT CAST(m.value AS INTEGER) FROM json_each(${extract(`${from.alias}.data`, name)}) m`;
    return base && { base, on: (alias) => `${alias}.id IN (${values})` };
  }
  if (from.base.kind !== 'transaction' || from.line === null) return undefined;
  for (const type of from.base.types) {
    const column = from.registry.type(type)?.sublists.item?.fields[name];
    if (column?.selectType) return leadTo(from, extract(`${from.line}.data`, name), column.selectType);
  }
  return undefined;
}

function pointingBack(from: JoinFrom, type: string, field: string): JoinPlan | undefined {
  const base = targetBase(from.registry, type);
  const isParty = base?.kind === 'transaction' && field === 'entity';
  const on = (alias: string): string =>
    `${isParty ? entitySql(alias) : extract(`${alias}.data`, field)} = '' || ${from.alias}.id`;
  return base && { base, on, ...(isParty ? { computed: ENTITY_INDEX } : { indexes: [{ type, field }] }) };
}

function knownReverse(from: JoinFrom, name: string): JoinPlan | undefined {
  const known = REVERSE[from.base.id]?.[name] ?? REVERSE[from.base.types[0] ?? '']?.[name];
  const plan = known && pointingBack(from, known[0], known[1]);
  if (!plan || known[1] !== 'company' || known[0] !== 'contact') return plan;
  return { ...plan, on: (contact) => `(${plan.on(contact)} OR ${attachedContacts(from.alias, contact)})` };
}

/** Custom records whose field points at the base: the join is called by that field (`custrecord_customer`). */
function reverse(from: JoinFrom, name: string): JoinPlan | undefined {
  if (!name.startsWith('custrecord')) return undefined;
  const owner = from.registry
    .types()
    .find((type) => type.class === 'custom' && type.fields[name]?.selectType !== undefined);
  return owner && pointingBack(from, owner.id, name);
}

export const joinRestriction = (base: SearchBase, alias: string): string =>
  base.group === undefined ? typeList(`${alias}.type`, base.types) : `${alias}.grp = '${base.group}'`;
