import type { ReadRow } from '../contract';
import { applyTransforms } from './apply-transforms';
import { crmIdOfKey } from './crm-id-of-key';
import type { FieldMap, Flow } from './flow-schema';
import { atField } from './map-problem-error';
import { meetsGate } from './meets-gate';
import { pathName, readPath } from './read-path';
import { TransformError } from './transform-error';
import type { MapContext, MapWarning, TransformContext } from './types';

/** What a flow writes to a CRM for one row that NetSuite handed out. */
export interface RowChange {
  flow: Flow;
  object: string;
  /** What the row is known by within its flow: the same row again has the same. */
  rowKey: string;
  crmId: string | null;
  /** How the record is found where its id is not known, in order. */
  matches: { field: string; value: string }[];
  fields: Record<string, unknown>;
  /** Values by which the CRM may hold the record without knowing it: a record that has one is not created beside it. */
  candidates: { field: string; value: string }[];
  /** Fields that get the id of a CRM record that is named by a value of its own. */
  lookups: { to: string; object: string; by: string; value: string }[];
  /** Internal id of the record that is to be linked once the CRM has created its own. */
  linkBack: string | null;
  /** Sent only when the record is created. */
  onCreate: Record<string, unknown>;
  /** The part of `fields` that is a reason to write; the rest only says when. */
  content: Record<string, unknown>;
  associate: { object: string; crmId: string }[];
  warnings: MapWarning[];
}

/** Null when the row is none of the flow's business. Throws `MapProblemError` for a value without meaning. */
export function mapRow(flow: Flow, row: ReadRow, mapContext: MapContext): RowChange | null {
  if (flow.onlyWith !== undefined && !mapContext.settings[flow.onlyWith]) return null;
  if (meetsGate(flow.gate, row, mapContext.settings) !== null) return null;
  const suffix = mapContext.settings['externalIdSuffix'];
  const key = readPath(row, flow.key.from).value;
  if (flow.linkBack !== undefined && belongsTo(readPath(row, 'key').value, flow.linkBack)) return null;
  const byMatch = flow.create || flow.match.length > 0;
  const identity: TransformContext = { ...mapContext, record: row, warn: () => undefined };
  const crmId = byMatch ? null : identityOf(flow, key, suffix, identity);
  const rowKey = key ?? crmId;
  if (rowKey === null || (!byMatch && crmId === null)) return null;
  const warnings: MapWarning[] = [];
  const context: TransformContext = { ...mapContext, record: row, warn: (warning) => warnings.push(warning) };
  const made = { fields: {}, onCreate: {}, content: {}, lookups: [] } as Pick<
    RowChange,
    'fields' | 'onCreate' | 'content' | 'lookups'
  >;
  for (const map of flow.fields) {
    if (map.onlyWith !== undefined && !mapContext.settings[map.onlyWith]) continue;
    const value = valueOf(map, row, context);
    if (value === undefined) continue;
    const target = nameOf(map.to, row);
    if (map.lookup !== undefined) {
      if (value !== null) made.lookups.push({ to: target, ...map.lookup, value: textOf(value) });
      continue;
    }
    if (map.write === 'onCreate') setValue(made.onCreate, target, value);
    else setValue(made.fields, target, value);
    if (map.write !== 'onCreate' && !map.stamp) setValue(made.content, target, value);
  }
  return {
    flow,
    object: flow.object,
    rowKey: textOf(rowKey),
    crmId,
    matches: crmId === null ? matchesOf(flow, 'exact', row, context) : [],
    candidates: crmId === null ? matchesOf(flow, 'candidate', row, context) : [],
    linkBack: flow.linkBack === undefined ? null : textOf(row['internalId']),
    ...made,
    associate: flow.associate.flatMap((rule) => {
      const { value } = readPath(row, rule.from);
      const id = atField(pathName(rule.from), () => applyTransforms(value, rule.transform, context));
      return typeof id === 'string' && id !== '' ? [{ object: rule.object, crmId: id }] : [];
    }),
    warnings,
  };
}

/** Whether an external id is of this kind, in whatever environment. */
const belongsTo = (key: unknown, prefix: string): boolean =>
  typeof key === 'string' && key.toUpperCase().startsWith(`${prefix}_`.toUpperCase());

/** A line is known by the CRM's own id, everything else by the external id that names it. */
function identityOf(flow: Flow, key: unknown, suffix: unknown, context: TransformContext): string | null {
  if (flow.key.transform === undefined) {
    return crmIdOfKey(key, flow.key.prefix, suffix) ?? linkedId(flow, key, context);
  }
  const id = atField(pathName(flow.key.from), () => applyTransforms(key ?? null, flow.key.transform, context));
  return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * The CRM id stands in the link alone where the external id is another application's. One of another CRM has another form, and an external
 * id of ours with another suffix is that of another environment.
 */
function linkedId({ key: { prefix, linked } }: Flow, key: unknown, context: TransformContext): string | null {
  if (linked === undefined || belongsTo(key, prefix)) return null;
  try {
    const id = applyTransforms(readPath(context.record, linked.from).value ?? null, linked.transform, context);
    return typeof id === 'string' && id !== '' ? id : null;
  } catch (error) {
    if (error instanceof TransformError) return null;
    throw error;
  }
}

function matchesOf(
  flow: Flow,
  strength: Flow['match'][number]['strength'],
  row: ReadRow,
  context: TransformContext,
): RowChange['matches'] {
  const rules = flow.match.filter((rule) => rule.strength === strength);
  return rules.flatMap(({ field, from, transform }) => {
    const found = readPath(row, from).value;
    const value = atField(pathName(from), () => applyTransforms(found, transform, context));
    return value === null || value === undefined || value === '' ? [] : [{ field, value: textOf(value) }];
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function valueOf(map: FieldMap, row: ReadRow, context: TransformContext): unknown {
  if (map.from === undefined) return map.setting === undefined ? map.constant : context.settings[map.setting];
  const found = readPath(row, map.from);
  if (!found.present) return undefined;
  if (found.value === null) return map.whenNull === 'leave' ? undefined : null;
  return atField(pathName(map.from), () => applyTransforms(found.value, map.transform, context));
}

/** `hs_price_{currency}` is `hs_price_usd` for a row in US dollars. */
const nameOf = (template: string, row: ReadRow): string =>
  template.replace(/\{(\w+)\}/g, (_, member: string) => String(row[member] ?? '').toLowerCase());

/** `Account__r.NetSuite_Internal_ID__c` names the parent by its external id: an object within the record. */
function setValue(target: Record<string, unknown>, name: string, value: unknown): void {
  const [outer = name, inner] = name.split('.');
  if (inner === undefined) target[name] = value;
  else if (value !== null) target[outer] = { [inner]: value };
}
