import type { ReadRow } from '../contract';
import { applyTransforms } from './apply-transforms';
import { crmIdOfKey } from './crm-id-of-key';
import type { FieldMap, Flow } from './flow-schema';
import { atField } from './map-problem-error';
import { meetsGate } from './meets-gate';
import { pathName, readPath } from './read-path';
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
  const byMatch = flow.create || flow.match.length > 0;
  const identity: TransformContext = { ...mapContext, record: row, warn: () => undefined };
  const crmId = byMatch ? null : identityOf(flow, key, suffix, identity);
  if (key === null || key === undefined || (!byMatch && crmId === null)) return null;
  const warnings: MapWarning[] = [];
  const context: TransformContext = { ...mapContext, record: row, warn: (warning) => warnings.push(warning) };
  const made = { fields: {}, onCreate: {}, content: {} } as Pick<RowChange, 'fields' | 'onCreate' | 'content'>;
  for (const map of flow.fields) {
    const value = valueOf(map, row, context);
    if (value === undefined) continue;
    const target = nameOf(map.to, row);
    if (map.write === 'onCreate') setValue(made.onCreate, target, value);
    else setValue(made.fields, target, value);
    if (map.write !== 'onCreate' && !map.stamp) setValue(made.content, target, value);
  }
  return {
    flow,
    object: flow.object,
    rowKey: textOf(key),
    crmId,
    matches: crmId === null ? matchesOf(flow, row, context) : [],
    ...made,
    associate: flow.associate.flatMap((rule) => {
      const id = applyTransforms(readPath(row, rule.from).value, rule.transform, context);
      return typeof id === 'string' && id !== '' ? [{ object: rule.object, crmId: id }] : [];
    }),
    warnings,
  };
}

/** A line is known by the CRM's own id, everything else by the external id that names it. */
function identityOf(flow: Flow, key: unknown, suffix: unknown, context: TransformContext): string | null {
  if (flow.key.transform === undefined) return crmIdOfKey(key, flow.key.prefix, suffix);
  const id = atField(pathName(flow.key.from), () => applyTransforms(key ?? null, flow.key.transform, context));
  return typeof id === 'string' && id !== '' ? id : null;
}

function matchesOf(flow: Flow, row: ReadRow, context: TransformContext): RowChange['matches'] {
  return flow.match.flatMap(({ field, from, transform }) => {
    const value = applyTransforms(readPath(row, from).value, transform, context);
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
