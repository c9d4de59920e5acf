import { checkFlows } from './check-flows';
import { FlowDefinitionError } from './flow-definition-error';
import { guardTransforms } from './guard-transforms';
import type { Flow } from './flow-schema';
import { mapRecord } from './map-record';
import { TRANSFORMS } from './transforms';
import type { MapContext, MapOutcome, Settings, Transform } from './types';

export interface FlowSetOptions {
  timeZone?: string;
  settings?: Settings;
  /** Transforms of the installation, beside the ones that ship. */
  transforms?: Readonly<Record<string, Transform>>;
}

/** The flows of an installation, checked together. */
export interface FlowSet {
  readonly flows: readonly Flow[];
  readonly context: MapContext;
  /** Enabled flows that read this object of this CRM. */
  flowsFor(crm: string, object: string): readonly Flow[];
  /** What every enabled flow of the object makes of the record; empty when no flow knows the object. */
  mapRecord(crm: string, object: string, record: unknown): MapOutcome[];
}

/** Checks the flows against each other and readies them. Throws `FlowDefinitionError`. */
export function createFlowSet(flows: readonly Flow[], options: FlowSetOptions = {}): FlowSet {
  const own = options.transforms ?? {};
  const taken = Object.keys(own).filter((name) => Object.hasOwn(TRANSFORMS, name));
  if (taken.length > 0) {
    const message = 'is the name of a transform that ships; give yours another one';
    throw new FlowDefinitionError(taken.map((name) => ({ flow: name, path: 'transforms', message })));
  }
  const transforms = { ...TRANSFORMS, ...guardTransforms(own) };
  checkFlows(flows, transforms);
  const context: MapContext = { timeZone: options.timeZone ?? 'UTC', settings: options.settings ?? {}, transforms };
  const byObject = new Map<string, Flow[]>();
  const nameOf = (crm: string, object: string): string => `${crm}|${object}`.toLowerCase();
  for (const flow of flows) {
    if (!flow.enabled || flow.direction !== 'toNetSuite') continue;
    const name = nameOf(flow.crm, flow.object);
    byObject.set(name, [...(byObject.get(name) ?? []), flow]);
  }
  const flowsFor = (crm: string, object: string): readonly Flow[] => byObject.get(nameOf(crm, object)) ?? [];
  return {
    flows,
    context,
    flowsFor,
    mapRecord: (crm, object, record) => flowsFor(crm, object).map((flow) => mapRecord(flow, record, context)),
  };
}
