import type { CrmRecord, RecordTable } from '../record-table';
import { LINKS_NEED_FILTER, namesNoSide } from './content';
import { relationshipOf, type ObjectSchema, type OrgSchema } from './org-schema';
import { MalformedQuery, parseSoql, type Query } from './soql';
import { CHILDREN } from './standard-fields';
import { alive, textOf } from './write-row';

export class InvalidField extends Error {}
export class InvalidType extends Error {}

/** Rows of a query, or a count. Deleted records only for `queryAll`. */
export function runQuery(
  schema: OrgSchema,
  table: RecordTable,
  soql: string,
  withDeleted: boolean,
): CrmRecord[] | number {
  const query = parseSoql(soql);
  const object = schema.get(query.object);
  if (!object) throw new InvalidType(`sObject type '${query.object}' is not supported.`);
  if (namesNoSide(query.object, soql)) throw new MalformedQuery(LINKS_NEED_FILTER);
  for (const path of [...query.fields, ...query.order.map((one) => one.path)]) checkPath(object, path);
  for (const { relation } of query.children) {
    const known = CHILDREN[query.object]?.some(([name]) => name === relation);
    if (!known) throw new InvalidField(`Didn't understand relationship '${relation}' in FROM part of query call.`);
  }
  const reader = (record: CrmRecord) => (path: string) => readPath(table, record, path);
  const hits = table
    .all(query.object)
    .map(([, record]) => record)
    .filter((record) => (withDeleted || alive(record)) && query.matches(reader(record)));
  if (query.count) return hits.length;
  hits.sort((a, b) => compare(query.order, reader(a), reader(b)));
  const to = query.limit === null ? undefined : query.offset + query.limit;
  return hits.slice(query.offset, to).map((record) => ({
    ...project(table, record, query.fields),
    ...Object.fromEntries(
      query.children.map((child) => [child.relation, childrenOf(table, query.object, record, child)]),
    ),
  }));
}

function checkPath(object: ObjectSchema, path: string): void {
  const [first = '', ...rest] = path.split('.');
  const known =
    rest.length === 0
      ? object.fields.has(first)
      : [...object.fields.values()].some((field) => relationshipOf(field) === first);
  if (!known) throw new InvalidField(`No such column '${path}' on entity '${object.name}'.`);
}

const PREFIX_LENGTH = 3;

/** Through a relationship: what was stored with the record, or the record that its reference names. */
function readPath(table: RecordTable, record: CrmRecord, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return record[first] ?? null;
  const parent = parentOf(table, record, first);
  return parent === null ? null : readPath(table, parent, rest.join('.'));
}

function parentOf(table: RecordTable, record: CrmRecord, relationship: string): CrmRecord | null {
  const inline = record[relationship];
  if (typeof inline === 'object' && inline !== null) return inline as CrmRecord;
  const reference = record[relationship.endsWith('__r') ? relationship.replace(/__r$/, '__c') : `${relationship}Id`];
  if (typeof reference !== 'string') return null;
  for (const object of table.objects) {
    const found = table.get(object, reference);
    if (found && (found['Id'] as string).slice(0, PREFIX_LENGTH) === reference.slice(0, PREFIX_LENGTH)) return found;
  }
  return null;
}

function project(table: RecordTable, record: CrmRecord, fields: readonly string[]): CrmRecord {
  const row: CrmRecord = { attributes: record['attributes'] };
  for (const path of fields) {
    const [first = '', ...rest] = path.split('.');
    if (rest.length === 0) {
      row[first] = record[first] ?? null;
      continue;
    }
    const parent = parentOf(table, record, first);
    if (parent === null) row[first] ??= null;
    else {
      const shown = project(table, parent, [rest.join('.')]);
      row[first] = { ...(row[first] as CrmRecord | undefined), ...shown };
    }
  }
  return row;
}

function childrenOf(
  table: RecordTable,
  object: string,
  record: CrmRecord,
  { relation, fields }: Query['children'][number],
): CrmRecord | null {
  const [, child = '', by = ''] = CHILDREN[object]!.find(([name]) => name === relation)!;
  const inline = (record[relation] as { records?: CrmRecord[] } | null | undefined)?.records ?? [];
  const linked = table
    .all(child)
    .map(([, one]) => one)
    .filter((one) => alive(one) && one[by] === record['Id']);
  const stored = new Set(linked.map(({ Id }) => Id));
  const records = [...inline.filter(({ Id }) => !stored.has(Id)), ...linked].map((one) => project(table, one, fields));
  return records.length === 0 ? null : { totalSize: records.length, done: true, records };
}

function compare(order: Query['order'], a: (path: string) => unknown, b: (path: string) => unknown): number {
  for (const { path, descending } of order) {
    const [left, right] = [a(path), b(path)].map((value) => (typeof value === 'number' ? value : textOf(value)));
    if (left === right) continue;
    return (left! < right! ? -1 : 1) * (descending ? -1 : 1);
  }
  return 0;
}
