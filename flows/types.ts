import type { Code, DirectRecord, ErrorClass } from '../contract';
import type { Flow } from './flow-schema';

export type { FieldMap, Flow, FlowInput, Owner } from './flow-schema';

/** Values of the environment that flows name by `setting`: form, subsidiary, discount item … never by internal id. */
export type Settings = Readonly<Record<string, string | number | boolean | undefined>>;

export interface MapContext {
  /** Time zone of the NetSuite account, IANA name: instants become days in it. */
  timeZone: string;
  settings: Settings;
  transforms: Readonly<Record<string, Transform>>;
}

export interface TransformContext extends MapContext {
  /** The whole source record, for rules that need a second value. */
  record: unknown;
  warn: (warning: MapWarning) => void;
}

/**
 * A pure named function from one source value to one wanted value. Throws `TransformError` when the value has no meaning.
 * `undefined` as result leaves the field alone, `null` clears it.
 */
export type Transform = (
  value: unknown,
  context: TransformContext,
  options: Readonly<Record<string, unknown>>,
) => unknown;

export interface MapWarning {
  code: string;
  message: string;
  field?: string;
  from?: string;
  to?: string;
}

/** Why a record can't become an operation: for a person, and stored with the failure. */
export interface MapProblem {
  code: Code;
  class: ErrorClass;
  /** Path in the source record, such as `BillingCountryCode` or `OpportunityLineItems[2].Quantity`. */
  field: string;
  message: string;
  /** What to do about it. */
  remedy: string;
}

interface MapResult {
  flow: Flow;
  /** Id of the record in the CRM, as it came; null when it has none. */
  crmId: string | null;
  /** External id in NetSuite when it is known: holds the record's place in the queue even for a problem. */
  externalId: string | null;
}

/**
 * What a flow makes of one record. `operations` are ready for the store; `ignored` did not meet the gate and is no failure;
 * `problem` goes to review as it is.
 */
export type MapOutcome =
  | (MapResult & {
      kind: 'operations';
      operations: DirectRecord[];
      warnings: MapWarning[];
      /** Only to be sent when another record needs it, or NetSuite has it already. */
      onlyNeeded?: boolean;
    })
  | (MapResult & { kind: 'ignored'; reason: string })
  | (MapResult & { kind: 'problem'; problem: MapProblem });
