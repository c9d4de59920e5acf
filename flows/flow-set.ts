import { checkFlows } from './check-flows';
import { FlowDefinitionError, type FlowIssue } from './flow-definition-error';
import { guardTransforms } from './guard-transforms';
import type { Flow } from './flow-schema';
import { mapRecord, PREFERRED_FORM } from './map-record';
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
  /** Enabled flows that give records of this object of this CRM what NetSuite knows of their customer. */
  contextFlowsFor(crm: string, object: string): readonly Flow[];
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
  const missing = formsMissing(flows, options.settings ?? {});
  if (missing.length > 0) throw new FlowDefinitionError(missing);
  const context: MapContext = { timeZone: options.timeZone ?? 'UTC', settings: options.settings ?? {}, transforms };
  const enabled = flows.filter((flow) => flow.enabled);
  const flowsFor = byObject(enabled.filter(({ direction }) => direction === 'toNetSuite'));
  return {
    flows,
    context,
    flowsFor,
    contextFlowsFor: byObject(enabled.filter(({ direction, asks }) => direction === 'toCrm' && asks !== undefined)),
    mapRecord: (crm, object, record) => flowsFor(crm, object).map((flow) => mapRecord(flow, record, context)),
  };
}

/** Forms that a flow demands and the environment does not name. */
const formsMissing = (flows: readonly Flow[], settings: Settings): FlowIssue[] =>
  flows.flatMap(({ id, enabled, direction, customForm }) =>
    enabled &&
    direction === 'toNetSuite' &&
    customForm?.demanded === true &&
    customForm.from === undefined &&
    (customForm.setting === undefined || settings[customForm.setting] === undefined)
      ? [
          {
            flow: id,
            path: 'customForm',
            message: `the form must be named: give the setting ${customForm.setting ?? '(none is named here)'} the script id of a form, or "${PREFERRED_FORM}" for the one that NetSuite prefers for the role`,
          },
        ]
      : [],
  );

function byObject(flows: readonly Flow[]): (crm: string, object: string) => readonly Flow[] {
  const nameOf = (crm: string, object: string): string => `${crm}|${object}`.toLowerCase();
  const found = new Map<string, Flow[]>();
  for (const flow of flows) {
    const name = nameOf(flow.crm, flow.object);
    found.set(name, [...(found.get(name) ?? []), flow]);
  }
  return (crm, object) => found.get(nameOf(crm, object)) ?? [];
}
