import { groupOf } from '../../../../../contract/glossary';
import type { FieldValue, Operation } from '../../../../../contract/operation';
import { FoundRecords } from './found-records';
import type { Kind } from './normalise';
import type { Tools } from './ports';
import { addressBranch, lineBranch, subrecordBranch } from './prefetch-lines';
import { holderBranch, recordBranch, type KeysOfBatch } from './prefetch-records';
import { referenceBranches } from './prefetch-references';
import { namedIds, subsidiaryBranches } from './prefetch-subsidiaries';
import { totalsBranch } from './prefetch-totals';
import { tableOf } from './record-tables';
import { askForReferences, ReferenceBook } from './reference-book';
import { MAX_ROWS, readBranches, type Branch } from './sql-branches';
import { currencyBranch } from './prefetch-currencies';
import { prefetchBookkeeping } from './prefetch-bookkeeping';
import { BELONGING_KINDS } from './subsidiary-book';

export interface Prefetched {
  found: FoundRecords;
  book: ReferenceBook;
}

const kindOf = (field: FieldValue): Kind => (field.text !== undefined ? 'text' : (field.as ?? 'plain'));

/** Everything the batch has to know before it writes, in one query where NetSuite allows it. */
export function prefetch(operations: readonly Operation[], tools: Tools): Prefetched {
  const found = new FoundRecords();
  const book = new ReferenceBook((recordType) => tools.missingToView(recordType));
  const [first] = operations;
  if (first === undefined) return { found, book };
  for (const operation of operations) askForReferences(book, operation);
  const ordersInCurrencies = groupOf(first.recordType) === 'transaction' && tools.feature('MULTICURRENCY');
  const lookups = [
    ...referenceBranches(book, ordersInCurrencies),
    ...subsidiariesOf(operations, book, found, tools),
    ...(ordersInCurrencies ? currencyBranches(operations, book, found) : []),
  ];
  const chunks = fitting(operations, rowsOfOperation);
  const held = (chunks[0] ?? []).reduce((sum, operation) => sum + rowsOfOperation(operation), 0);
  const [along = [], ...others] = fitting(lookups, rowsOfLookup, held);
  chunks.forEach((chunk, at) => {
    const branches = [...recordBranches(chunk, found, tools), ...(at === 0 ? along : [])];
    readBranches(tools.queries, branches, tools.memory, first.recordType);
  });
  for (const branches of others) readBranches(tools.queries, branches, tools.memory, first.recordType);
  return { found, book };
}

/** SuiteQL hands out no more than its cap, without a word about the rest: what NetSuite holds may be more than what is asked for. */
const ROWS_AT_ONCE = MAX_ROWS * 0.8;

/** In groups whose rows fit into one answer each, in order. `held`: rows that the answer of the first has already. */
function fitting<T>(values: readonly T[], rowsOf: (value: T) => number, held = 0): T[][] {
  const groups: T[][] = [[]];
  let rows = held;
  for (const value of values) {
    const more = rowsOf(value);
    if (rows > 0 && rows + more > ROWS_AT_ONCE) {
      groups.push([]);
      rows = 0;
    }
    groups.at(-1)?.push(value);
    rows += more;
  }
  return groups;
}

/** A record gives one row, as do whoever holds its external id and what is kept about it, and one for each line or address. */
function rowsOfOperation({ sublists }: Operation): number {
  if (sublists === undefined) return 3;
  const lines = Object.values(sublists).reduce((sum, sublist) => sum + sublist.lines.length, 0);
  // What NetSuite holds may be more than what is given: twice the lines and a few.
  return 3 + 2 * lines + 5;
}

/** One for each value that is looked for. */
const rowsOfLookup = ({ params }: Branch): number => params.length;

/** Only for transactions of a OneWorld account. */
function subsidiariesOf(
  operations: readonly Operation[],
  book: ReferenceBook,
  found: FoundRecords,
  tools: Tools,
): Branch[] {
  if (groupOf(operations[0]?.recordType ?? '') !== 'transaction' || !tools.feature('SUBSIDIARIES')) return [];
  return BELONGING_KINDS.flatMap((kind) =>
    subsidiaryBranches(kind, book.needs(), namedIds(operations, kind), found.subsidiaries),
  );
}

function currencyBranches(operations: readonly Operation[], book: ReferenceBook, found: FoundRecords): Branch[] {
  const branch = currencyBranch(operations, book.needs(), found);
  return branch === null ? [] : [branch];
}

function recordBranches(operations: readonly Operation[], found: FoundRecords, tools: Tools): Branch[] {
  const recordType = operations[0]?.recordType ?? '';
  const keys = keysOf(recordType, operations);
  const opIds = operations.map(({ opId }) => opId);
  const parts = partsOf(operations);
  // A file has no external id: its ledger row tells which one it is.
  if (recordType === 'file') return prefetchBookkeeping(recordType, keys, opIds, found);
  const branches: (Branch | null)[] = [recordBranch(keys, parts.body, found), holderBranch(keys, found)];
  if (parts.lines.size > 0) branches.push(lineBranch(keys, parts.lines, found));
  if (parts.addresses !== null) branches.push(addressBranch(keys, [...parts.addresses], found));
  for (const [name, fields] of parts.subrecords) branches.push(subrecordBranch(keys, name, [...fields], found));
  if (tableOf(recordType).lines === true && operations.some((one) => one.expectedTotal !== undefined))
    branches.push(totalsBranch(keys, found, tools.feature('MULTICURRENCY')));
  branches.push(...prefetchBookkeeping(groupOf(recordType), keys, opIds, found));
  return branches.filter((branch) => branch !== null);
}

function keysOf(recordType: string, operations: readonly Operation[]): KeysOfBatch {
  const externalIds = new Set<string>();
  const internalIds = new Set<string>();
  const crmIds = new Set<string>();
  for (const { key } of operations) {
    externalIds.add(key.externalId);
    if (key.internalId !== undefined) internalIds.add(key.internalId);
    if (key.crmId !== undefined) crmIds.add(key.crmId);
  }
  return { recordType, externalIds: [...externalIds], internalIds: [...internalIds], crmIds: [...crmIds] };
}

/** The body fields of the batch that an existing record may have to be compared in. */
export const fieldKinds = (operations: readonly Operation[]): ReadonlyMap<string, Kind> => partsOf(operations).body;

interface Parts {
  body: Map<string, Kind>;
  lines: Map<string, Kind>;
  addresses: Set<string> | null;
  subrecords: Map<string, Set<string>>;
}

/** The fields whose current values matter: those that an existing record may have to be changed in. */
function partsOf(operations: readonly Operation[]): Parts {
  const parts: Parts = { body: new Map(), lines: new Map(), addresses: null, subrecords: new Map() };
  for (const operation of operations) {
    if (operation.afterApproval !== undefined) parts.body.set('orderstatus', 'plain');
    for (const [field, given] of Object.entries(operation.fields)) {
      if (given.write !== 'onCreate') parts.body.set(field, kindOf(given));
    }
    for (const [name, subrecord] of Object.entries(operation.subrecords ?? {})) {
      const fields = parts.subrecords.get(name) ?? new Set<string>();
      Object.keys(subrecord.fields).forEach((field) => fields.add(field));
      parts.subrecords.set(name, fields);
    }
    collectSublists(operation, parts);
  }
  return parts;
}

function collectSublists(operation: Operation, parts: Parts): void {
  for (const [name, sublist] of Object.entries(operation.sublists ?? {})) {
    if (name === 'item') parts.lines.set(sublist.keyField, 'plain');
    if (name === 'addressbook') parts.addresses ??= new Set();
    for (const line of sublist.lines) {
      if (name === 'item') {
        for (const [field, given] of Object.entries(line.fields)) parts.lines.set(field, kindOf(given));
      } else if (name === 'addressbook') {
        for (const subrecord of Object.values(line.subrecords ?? {})) {
          Object.keys(subrecord.fields).forEach((field) => parts.addresses?.add(field));
        }
      }
    }
  }
}
