import type { DirectRecord } from '../contract';
import { applyTransforms } from './apply-transforms';
import { buildExternalId } from './external-id';
import type { FieldMap, Owner } from './flow-schema';
import { atField, problemAt } from './map-problem-error';
import { pathName, readPath, type Found } from './read-path';
import type { TransformContext } from './types';
import { usableId } from './usable-id';

export type WireFields = NonNullable<DirectRecord['fields']>;
export type WireField = WireFields[string];

export interface MappedFields {
  fields: WireFields;
  /** False when the source left a mapped value out: the result is then not the whole projection. */
  complete: boolean;
}

export function mapFields(
  maps: readonly FieldMap[],
  source: unknown,
  context: TransformContext,
  prefix = '',
): MappedFields {
  const fields: WireFields = {};
  let complete = true;
  for (const map of maps) {
    if (map.onlyWith !== undefined && !context.settings[map.onlyWith]) continue;
    const found = sourceOf(map, source, context);
    const name = prefix + (map.from === undefined ? map.to : pathName(map.from));
    if (!found.present && map.from !== undefined && map.optional !== true) complete = false;
    const value = found.present ? atField(name, () => applyTransforms(found.value, map.transform, context)) : undefined;
    if ((value === undefined || value === null) && map.required) throw missing(name, map.to);
    if (value === undefined || (value === null && leavesNull(map))) continue;
    fields[map.to] = { ...wireValue(name, value, map, context), ...options(map) };
  }
  return { fields, complete };
}

function sourceOf(map: FieldMap, source: unknown, context: TransformContext): Found {
  if (map.from !== undefined) return readPath(source, map.from);
  const value = map.setting === undefined ? map.constant : context.settings[map.setting];
  return { present: value !== undefined, value };
}

/** A value that is written once, or only onto nothing, is never there to be cleared. */
const leavesNull = (map: FieldMap): boolean =>
  map.whenNull === 'leave' || map.write === 'onCreate' || map.write === 'ifEmpty';

const missing = (name: string, target: string): Error =>
  problemAt(
    name,
    'MAPPING_FAILED',
    `${name} is empty, and ${target} needs it.`,
    `Fill ${name} in the CRM and send the record again.`,
  );

function wireValue(name: string, value: unknown, map: FieldMap, context: TransformContext): WireField {
  if (value === null || !map.reference) {
    return { value: value as WireField['value'], ...(map.as && value !== null ? { as: map.as } : {}) };
  }
  const { recordType, by, prefix, whenMissing, fallback } = map.reference;
  const id = typeof value === 'string' ? value : JSON.stringify(value);
  const instead = fallback === undefined ? undefined : context.settings[fallback];
  const missingRule = {
    ...(whenMissing === 'skip' ? { whenMissing } : {}),
    ...(instead === undefined ? {} : { fallback: refTo(recordType, by, String(instead)) }),
  };
  if (by === 'externalId') {
    const externalId = prefix ? buildExternalId(prefix, id, context.settings) : id.toUpperCase();
    return { ref: { recordType, externalId: usableId(name, externalId) }, ...missingRule };
  }
  return { ref: refTo(recordType, by, id), ...missingRule };
}

function refTo(recordType: string, by: string, value: string): NonNullable<WireField['ref']> {
  if (by === 'internalId') return { recordType, internalId: value };
  if (by === 'text') return { recordType, text: value };
  return { recordType, key: { field: by, value } };
}

function options(map: FieldMap): Partial<WireField> {
  return {
    ...writeRule(map),
    ...(map.truncate ? { truncate: true } : {}),
    ...(map.verify ? { verify: true } : {}),
    owner: ownerName(map.owner),
  };
}

/** Write mode of a field or an address, with the stages an owner by lifecycle implies. */
export function writeRule(map: Pick<FieldMap, 'write' | 'stages' | 'owner'>): Partial<WireField> {
  if (typeof map.owner === 'object' && map.write === 'always') {
    return { write: 'whileStage', stages: map.owner.crmWhile };
  }
  return { write: map.write, ...(map.write === 'whileStage' ? { stages: map.stages ?? [] } : {}) };
}

export const ownerName = (owner: Owner): string => (typeof owner === 'string' ? owner : 'lifecycle');
