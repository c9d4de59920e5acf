import type { ChangeEvent } from '../contract';
import { applyTransforms } from './apply-transforms';
import { crmIdOfKey } from './crm-id-of-key';
import type { FieldMap, Flow } from './flow-schema';
import { atField, problemAt, type MapProblemError } from './map-problem-error';
import { meetsGate } from './meets-gate';
import { pathName, readPath } from './read-path';
import type { MapContext, MapWarning, TransformContext } from './types';

/** One record to write to a CRM because NetSuite changed it. */
export interface CrmChange {
  flow: Flow;
  object: string;
  crmId: string | null;
  match: { field: string; value: string } | null;
  fields: Record<string, unknown>;
  /** Sent only when the record is created. */
  onCreate: Record<string, unknown>;
  /** Prefix of the external id that NetSuite's record is given once the CRM has created its own. */
  linkBack: string | null;
  warnings: MapWarning[];
}

/** Attributes of the event itself that flows may read beside the changed fields. */
const ENVELOPE = ['internalId', 'externalId', 'crmId', 'recordType', 'lastModified'] as const;

/**
 * What a flow towards the CRM makes of a change; null when the change is none of its business: another record type, a record of
 * another CRM, or no field that it carries. Throws `MapProblemError` for a value without meaning.
 */
export function mapChange(flow: Flow, event: ChangeEvent, mapContext: MapContext): CrmChange | null {
  const { data } = event;
  if (flow.direction !== 'toCrm' || data.recordType !== flow.recordType) return null;
  if (event.type.includes('.deleted.')) return null;
  const created = event.type.includes('.created.');
  const born = flow.linkBack !== undefined;
  if (born ? !created || data.externalId !== null : !belongsTo(flow, data.externalId)) return null;
  const source: Record<string, unknown> = Object.fromEntries(ENVELOPE.map((name) => [name, data[name] ?? null]));
  for (const change of data.changes) source[change.field] = change.new;
  const warnings: MapWarning[] = [];
  const context: TransformContext = { ...mapContext, record: source, warn: (warning) => warnings.push(warning) };
  if (born && meetsGate(flow.gate, source, mapContext.settings) !== null) return null;
  const carried = flow.fields.some((map) => readsChange(map, source));
  if (!carried && born) throw untold(flow, data);
  if (!carried && !created) return null;
  const fields: Record<string, unknown> = {};
  const onCreate: Record<string, unknown> = {};
  for (const map of flow.fields) {
    if (!isOurs(map, data.recordType)) continue;
    const value = valueOf(map, source, context);
    if (value !== undefined) (map.write === 'onCreate' && flow.create ? onCreate : fields)[map.to] = value;
  }
  const identity = flow.match[0];
  const found = identity ? readPath(source, identity.from).value : null;
  return {
    flow,
    object: flow.object,
    // Custom records carry no stamp: their external id says which record of the CRM they came from.
    crmId: data.crmId ?? crmIdOfKey(data.externalId, flow.key.prefix, context.settings['externalIdSuffix']),
    match: identity && typeof found === 'string' ? { field: identity.field, value: found } : null,
    fields,
    onCreate,
    linkBack: flow.linkBack ?? null,
    warnings,
  };
}

/** A sweep tells that a record was created, and none of its values: a record of the CRM without them would be a shell. */
const untold = (flow: Flow, { recordType, internalId }: ChangeEvent['data']): MapProblemError =>
  problemAt(
    pathName(flow.fields.find(({ from }) => from !== undefined)?.from ?? flow.key.from),
    'MAPPING_FAILED',
    `${recordType} ${internalId} is new in NetSuite, and none of its values were told with it: no ${flow.object} was made of it.`,
    'Make the record in the CRM by hand and give it the NetSuite id; then resolve this.',
  );

/** The prefix of the external id says which CRM, and which of its objects, the record came from. */
const belongsTo = (flow: Flow, externalId: string | null): boolean =>
  externalId?.toUpperCase().startsWith(`${flow.key.prefix.toUpperCase()}_`) === true;

function readsChange(map: FieldMap, source: Record<string, unknown>): boolean {
  if (map.from === undefined) return false;
  const paths = Array.isArray(map.from) ? map.from : [map.from];
  return paths.some((path) => path in source && !(ENVELOPE as readonly string[]).includes(path));
}

function valueOf(map: FieldMap, source: Record<string, unknown>, context: TransformContext): unknown {
  if (map.from === undefined) return map.setting === undefined ? map.constant : context.settings[map.setting];
  const found = readPath(source, map.from);
  if (!found.present) return undefined;
  if (found.value === null) return map.whenNull === 'leave' ? undefined : null;
  return atField(pathName(map.from), () => applyTransforms(found.value, map.transform, context));
}

/** A field that changes its owner by stage is the CRM's until then; the type of the record tells the stage. */
const isOurs = ({ owner }: FieldMap, recordType: string): boolean =>
  typeof owner === 'string' || !owner.crmWhile.some((stage) => stage === recordType.toUpperCase());
