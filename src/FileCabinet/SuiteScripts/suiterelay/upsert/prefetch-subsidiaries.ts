import { inChunks } from '../reconcile/in-chunks';
import { groupOf } from '../../../../../contract/glossary';
import type { FieldValues, Operation, Reference } from '../../../../../contract/operation';
import type { ReferenceNeed } from './reference-book';
import { referenceTable } from './reference-tables';
import { asText, isOneOf, MAX_LIST, type Branch } from './sql-branches';
import type { BelongingKind, SubsidiaryBook } from './subsidiary-book';

/** Tables of the analytics data source that tell it; `item` and `location` have no such column of their own. */
const TABLES: Readonly<Record<BelongingKind, { table: string; owner: string }>> = {
  customer: { table: 'customersubsidiaryrelationship', owner: 'entity' },
  item: { table: 'itemsubsidiarymap', owner: 'item' },
  location: { table: 'locationsubsidiarymap', owner: 'location' },
};

/** Ids that operations name outright; references by key or external id are in the book already. */
export function namedIds(operations: readonly Operation[], kind: BelongingKind): string[] {
  const ids = new Set<string>();
  const take = (field: string, fields: FieldValues): void => {
    const given = fields[field];
    const id = given?.ref?.internalId ?? (typeof given?.value === 'string' ? given.value : undefined);
    if (id !== undefined && /^\d+$/.test(id)) ids.add(id);
  };
  for (const operation of operations) {
    if (kind === 'customer') take('entity', operation.fields);
    if (kind === 'location') take('location', operation.fields);
    if (kind === 'customer') continue;
    for (const line of operation.sublists?.['item']?.lines ?? []) take(kind, line.fields);
  }
  return [...ids];
}

/** The kind a reference's record type belongs to, as far as subsidiaries go. */
export function kindOfReference({ recordType }: Pick<Reference, 'recordType'>): BelongingKind | null {
  if (recordType === 'customer' || recordType === 'lead' || recordType === 'prospect') return 'customer';
  if (recordType === 'location') return 'location';
  return recordType === 'item' || groupOf(recordType) === 'item' ? 'item' : null;
}

interface Wanted {
  column: string;
  searched: string;
  operator: 'anyof' | 'is';
  values: string[];
}

function conditionsOf(kind: BelongingKind, needs: readonly ReferenceNeed[], ids: readonly string[]): Wanted[] {
  const wanted = needs
    .filter((need) => kindOfReference(need) === kind)
    .map((need): Wanted => {
      const values = [...need.values];
      if (need.by === 'externalId')
        return { column: 'x.externalid', searched: 'externalid', operator: 'anyof', values };
      const name = need.by === 'key' ? need.field : referenceTable(need.recordType).text;
      return { column: `UPPER(x.${name})`, searched: name, operator: 'is', values };
    });
  if (ids.length > 0) wanted.push({ column: 'x.id', searched: 'internalid', operator: 'anyof', values: [...ids] });
  return wanted;
}

/** How the customers of a batch are named, as conditions over the alias `x`. */
export const customerConditions = (
  needs: readonly ReferenceNeed[],
  ids: readonly string[],
): { column: string; values: string[] }[] => conditionsOf('customer', needs, ids);

/** One row for each record, its subsidiaries in a list, so that many of both stay below the cap of rows; of many records several branches. */
export function subsidiaryBranches(
  kind: BelongingKind,
  needs: readonly ReferenceNeed[],
  ids: readonly string[],
  subsidiaries: SubsidiaryBook,
): Branch[] {
  const wanted = conditionsOf(kind, needs, ids);
  if (wanted.length === 0) return [];
  if (wanted.every(({ values }) => values.length <= MAX_LIST)) return [subsidiaryBranch(kind, wanted, subsidiaries)];
  const lists = wanted.flatMap((one) => inChunks(one.values, MAX_LIST).map((values) => ({ ...one, values })));
  return lists.map((list, at) => {
    const branch = subsidiaryBranch(kind, [list], subsidiaries);
    return { ...branch, mark: `${branch.mark}:${at}` };
  });
}

function subsidiaryBranch(kind: BelongingKind, wanted: readonly Wanted[], subsidiaries: SubsidiaryBook): Branch {
  const { table, owner } = TABLES[kind];
  const columns = [
    { name: 'id', sql: asText('x.id') },
    { name: 'subsidiaries', sql: `LISTAGG(${asText('m.subsidiary')}, ',') WITHIN GROUP (ORDER BY m.subsidiary)` },
  ];
  if (kind === 'customer')
    columns.push({ name: 'primary', sql: asText("MAX(CASE WHEN m.isprimarysub = 'T' THEN m.subsidiary END)") });
  if (kind === 'item') columns.push({ name: 'children', sql: `MAX(${asText('x.includechildren')})` });
  return {
    mark: `B:${kind}`,
    columns,
    from: `${kind} x INNER JOIN ${table} m ON m.${owner} = x.id`,
    where: `(${wanted.map(({ column, values }) => isOneOf(column, values.length)).join(' OR ')}) GROUP BY ${asText('x.id')}`,
    params: wanted.flatMap(({ values }) => values),
    search: searchOf(kind, wanted),
    essential: ['id', 'subsidiaries'],
    read: (row) =>
      subsidiaries.set(kind, row.get('id') ?? '', {
        primary: row.get('primary') ?? null,
        subsidiaries: new Set((row.get('subsidiaries') ?? '').split(',').filter((id) => id !== '')),
        // Where the column can't be read, NetSuite has the last word.
        withChildren: kind === 'item' && row.get('children') !== 'F',
      }),
    dropped: () => undefined,
    unavailable: () => undefined,
  };
}

const searchOf = (kind: BelongingKind, wanted: readonly Wanted[]): NonNullable<Branch['search']> => ({
  type: kind,
  any: wanted.map(({ searched, operator, values }) => ({ field: searched, operator, values })),
  all: [],
  columns: {
    id: 'internalid',
    // A search shows a customer's primary subsidiary alone: a further one is looked up on the customer when it is needed.
    [kind === 'customer' ? 'primary' : 'subsidiaries']: 'subsidiary',
    ...(kind === 'item' ? { children: 'includechildren' } : {}),
  },
});
