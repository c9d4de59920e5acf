import type { Match, Operation } from '../../../../../contract/operation';
import type { FoundRecord, FoundRecords } from './found-records';
import { foldText as fold, matchColumns, type MatchColumn } from './match-fields';
import type { Kind } from './normalise';
import type { Tools } from './ports';
import { recordBranch } from './prefetch-records';
import type { ReferenceBook } from './reference-book';
import { isSameKind, tableOf } from './record-tables';
import { asText, isOneOf, readBranches, type Branch } from './sql-branches';

export interface Candidate {
  internalId: string;
  label: string;
}

/** What the match keys of one operation found. */
export interface Matches {
  exact: Candidate[];
  possible: Candidate[];
}

interface Hit {
  internalId: string;
  label: string;
  externalId: string | null;
  recordType: string;
  within: ReadonlyMap<string, string | null>;
}

/** Free-mail domains say nothing about who somebody works for. */
const FREE_MAIL: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net web.de mail.com proton.me protonmail.com qq.com 163.com yandex.ru mail.ru'.split(
    ' ',
  ),
);

/** A bare free-mail domain, or `@` and one: no key to match by. */
export const isUsableMatch = (match: Match): boolean => !FREE_MAIL.has(fold(match.value).replace(/^@/, ''));

/** Looks up the match keys of operations that nothing else has found: one query for all of them. */
export function findMatches(operations: readonly Operation[], book: ReferenceBook, tools: Tools): Map<string, Matches> {
  const byField = new Map<string, { values: Set<string>; within: Set<string> }>();
  for (const operation of operations) {
    for (const match of (operation.key.match ?? []).filter(isUsableMatch)) {
      const asked = byField.get(match.field) ?? { values: new Set(), within: new Set() };
      asked.values.add(fold(match.value));
      Object.keys(match.within ?? {}).forEach((field) => asked.within.add(field));
      byField.set(match.field, asked);
    }
  }
  const answers = new Map<string, Matches>();
  const [first] = operations;
  if (byField.size === 0 || first === undefined) return answers;
  const hits = new Map<string, Hit[]>();
  const branches = [...byField].flatMap(([field, asked]) =>
    matchColumns(field).map((column) => matchBranch(first.recordType, field, column, asked, hits)),
  );
  readBranches(tools.queries, branches, tools.memory, `${first.recordType}:match`);
  for (const operation of operations) answers.set(operation.opId, judge(operation, hits, book));
  return answers;
}

function matchBranch(
  recordType: string,
  key: string,
  { field, compared, fold: foldValue, operator }: MatchColumn,
  asked: { values: Set<string>; within: Set<string> },
  hits: Map<string, Hit[]>,
): Branch {
  const table = tableOf(recordType);
  const column = `r.${table.columns?.[field] ?? field}`;
  const values = [...asked.values];
  const name = table.table === 'transaction' ? 'r.tranid' : table.table === 'item' ? 'r.itemid' : 'r.entityid';
  return {
    mark: `M:${key}:${field}`,
    columns: [
      { name: 'value', sql: asText(column) },
      { name: 'id', sql: asText('r.id') },
      { name: 'externalid', sql: 'r.externalid' },
      { name: 'label', sql: asText(name) },
      ...(table.typeColumn === undefined ? [] : [{ name: 'type', sql: asText(`r.${table.typeColumn}`) }]),
      ...[...asked.within].map((one) => ({ name: `w.${one}`, sql: asText(`r.${one}`) })),
    ],
    from: `${table.table} r`,
    where: isOneOf(compared(column), values.length),
    params: values,
    search: {
      type: table.table,
      any: [{ field, operator, values }],
      all: table.table === 'transaction' ? [['mainline', 'is', 'T']] : [],
      columns: {
        value: field,
        id: 'internalid',
        externalid: 'externalid',
        label: name.slice(2),
        type: table.typeColumn === 'searchstage' ? 'stage' : 'type',
        ...Object.fromEntries([...asked.within].map((one) => [`w.${one}`, one])),
      },
    },
    essential: ['value', 'id', 'externalid', 'type', ...[...asked.within].map((one) => `w.${one}`)],
    read: (row) => {
      const found = `${key}|${foldValue(row.get('value') ?? '')}`;
      const told = (row.get('type') ?? '').toUpperCase();
      const hit: Hit = {
        internalId: row.get('id') ?? '',
        label: row.get('label') ?? '',
        externalId: row.get('externalid') ?? null,
        recordType: table.typeOf?.[told] ?? recordType,
        within: new Map([...row].filter(([one]) => one.startsWith('w.')).map(([one, value]) => [one.slice(2), value])),
      };
      hits.set(found, [...(hits.get(found) ?? []), hit]);
    },
    dropped: () => undefined,
    unavailable: () => undefined,
  };
}

/** The first exact key that finds anything decides; candidates are only ever shown to a person. */
function judge(operation: Operation, hits: ReadonlyMap<string, Hit[]>, book: ReferenceBook): Matches {
  const matches: Matches = { exact: [], possible: [] };
  for (const match of (operation.key.match ?? []).filter(isUsableMatch)) {
    const found = (hits.get(`${match.field}|${fold(match.value)}`) ?? [])
      .filter((hit) => isSameKind(operation.recordType, hit.recordType))
      // A record that another CRM record is linked to is no match.
      .filter((hit) => !isLinkedElsewhere(hit.externalId, operation))
      .filter((hit) => isWithin(match, hit, book))
      .map(({ internalId, label }) => ({ internalId, label }));
    if (found.length === 0) continue;
    if (match.strength === 'exact') {
      if (matches.exact.length === 0) matches.exact = found;
    } else matches.possible.push(...found);
  }
  return matches;
}

/** Two records of one CRM source can't be one: the ids' prefix tells the source and its object. */
function isLinkedElsewhere(externalId: string | null, operation: Operation): boolean {
  if (externalId === null) return false;
  const prefix = operation.key.externalId.replace(/_[^_]*$/, '_');
  return externalId.toUpperCase() !== operation.key.externalId && externalId.toUpperCase().startsWith(prefix);
}

function isWithin(match: Match, hit: Hit, book: ReferenceBook): boolean {
  return Object.entries(match.within ?? {}).every(([field, wanted]) => {
    const have = hit.within.get(field) ?? null;
    if (typeof wanted === 'string') return have !== null && fold(have) === fold(wanted);
    return book.hits(wanted).some((one) => one.id === have);
  });
}

/** Reads records that were found by a match key as the prefetch reads the others. */
export function readMatched(
  recordType: string,
  internalIds: string[],
  fields: ReadonlyMap<string, Kind>,
  found: FoundRecords,
  tools: Tools,
): FoundRecord[] {
  if (internalIds.length === 0) return [];
  const keys = { recordType, externalIds: [], internalIds, crmIds: [] };
  readBranches(tools.queries, [recordBranch(keys, fields, found)]);
  return internalIds.flatMap((id) => {
    const record = found.byInternalId(id);
    if (record === undefined) return [];
    // Lines and addresses were not read along: such a record is compared after a load.
    record.current = false;
    return [record];
  });
}
