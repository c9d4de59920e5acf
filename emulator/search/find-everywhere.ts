import type { Account, Execution } from '../kernel/types';
import { ENTITY_TYPES, ITEM_TYPES } from '../suiteql/catalog/item-types';
import { ownRowsCondition } from '../permissions/own-rows';
import { nameOf } from '../suiteql/catalog/display';
import { quote } from '../suiteql/compile/sql';
import { suiteQl, visibleTypes } from '../suiteql/engine';
import { requireSearch } from './compile-search';
import { runSearch } from './run-search';
import { searchBase } from './search-type';
import { transactionTypes } from '../suiteql/catalog/find-table';
import type { FilterNode, SearchResultSet } from './types';
import { unsupportedSearch } from './errors';

/** Rows of a global search or a search for duplicates at most. */
const MAX_ROWS = 1000;

/** Prefixes of global search keywords (`cu: simpson`), as far as this account knows the types. */
const PREFIXES: Record<string, string[]> = {
  cu: ['customer'],
  le: ['lead'],
  pr: ['prospect'],
  co: ['contact'],
  em: ['employee'],
  ve: ['vendor'],
  it: Object.keys(ITEM_TYPES),
  en: Object.keys(ENTITY_TYPES),
};

/** search.global: records whose name contains every keyword, with the columns name, type, info1 and info2. */
export function globalSearch(
  account: Account,
  execution: Execution,
  { keywords }: { keywords: string },
): SearchResultSet {
  account.charge(execution, 'search.global');
  requireSearch(account, execution, 'global');
  suiteQl(account);
  const { prefix, words } = parseKeywords(keywords);
  const transactions = transactionTypes(account);
  const types = visibleTypes(
    account,
    execution,
    PREFIXES[prefix] ?? [...Object.keys(ENTITY_TYPES), ...Object.keys(ITEM_TYPES), ...transactions],
  );
  const found: SearchResultSet['rows'] = [];
  for (const [group, known] of Object.entries({
    entity: Object.keys(ENTITY_TYPES),
    item: Object.keys(ITEM_TYPES),
    transaction: transactions,
  })) {
    const mine = types.filter((type) => known.includes(type));
    if (mine.length > 0) {
      const own = ownRowsCondition(account, execution, mine, 'b');
      found.push(...namesContaining(account, { group, types: mine, own }, words, MAX_ROWS - found.length));
    }
  }
  return { columns: ['name', 'type', 'info1', 'info2'].map((name) => ({ name, format: 'text' })), rows: found };
}

function parseKeywords(keywords: string): { prefix: string; words: string[] } {
  const found = /^\s*(\w+)\s*:\s*(.*)$/s.exec(keywords);
  const prefix = found?.[1]?.toLowerCase() ?? '';
  if (found && !(prefix in PREFIXES)) throw unsupportedSearch(`the global search prefix ${prefix}:`);
  return { prefix, words: (found?.[2] ?? keywords).toLowerCase().split(/\s+/).filter(Boolean) };
}

function namesContaining(
  account: Account,
  { group, types, own }: { group: string; types: string[]; own: string | null },
  words: string[],
  limit: number,
): SearchResultSet['rows'] {
  const name = nameOf('b', group);
  const conditions = [
    ...words.map((word) => `instr(ora_lower(${name}), ${quote(word)}) > 0`),
    ...(own === null ? [] : [own]),
  ];
  const sql =
    `SELECT b.id, b.type, ${name}, COALESCE(json_extract(b.data, '$.fields.email'), json_extract(b.data, '$.fields.displayname'), '') AS info1 ` +
    `FROM record b WHERE b.type IN (${types.map(quote).join(', ')}) ${conditions.map((each) => `AND ${each}`).join(' ')} ORDER BY 3, 1 LIMIT ${limit}`;
  const rows = account.store.db.prepare(sql).raw().all() as [number, string, string, string][];
  return rows.map(([id, type, text, info]) => ({
    id: String(id),
    recordType: type,
    values: [
      [text, null],
      [account.registry.type(type)?.label ?? type, null],
      [info, null],
      ['', null],
    ],
  }));
}

interface DuplicateArgs {
  type: string;
  fields?: Record<string, string | number>;
  id?: string | number;
}

/** Fields by which records count as duplicates where the account has not configured others. */
const DUPLICATE_FIELDS = ['email', 'companyname', 'phone'];

/** search.duplicates: records of the type that share one of the given fields, or of the fields that the record of that id has. */
export function findDuplicates(
  account: Account,
  execution: Execution,
  { type, fields, id }: DuplicateArgs,
): SearchResultSet {
  account.charge(execution, 'search.duplicates', type);
  const base = searchBase(account.registry, type);
  const own =
    id === undefined ? undefined : base.types.map((each) => account.store.get(each, String(id))).find(Boolean);
  const wanted: [string, unknown][] = fields
    ? Object.entries(fields)
    : DUPLICATE_FIELDS.map((field) => [field, own?.fields[field]]);
  const terms = wanted
    .filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number')
    .map(([name, value]): FilterNode => ({ name, operator: 'is', values: [value] }));
  if (terms.length === 0) return { columns: [], rows: [] };
  const other: FilterNode[] =
    id === undefined ? [] : [{ name: 'internalid', operator: 'noneof', values: [String(id)] }];
  const columns = [{ name: 'entityid' }, { name: 'email' }];
  return runSearch(account, execution, { type, filters: { and: [{ or: terms }, ...other] }, columns }, MAX_ROWS);
}
