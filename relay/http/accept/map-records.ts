import type { Flow, MapOutcome, MapWarning } from '../../../flows/types';
import type { SourceConfig } from '../../config/schema-sources';
import { sourceVersionOf } from '../../../flows/source-version';
import type { ChangeOrigin, MappedOperation } from '../../screening/screening';
import type { Lane } from '../../store/types';
import { ProblemError } from '../problem';
import type { Mapper } from '../services';
import { inSteps } from './in-steps';
import { refusedOperation, toOperation, type Refusal } from './to-operation';

export interface RecordsToMap {
  source: SourceConfig;
  account: string;
  object: string;
  records: readonly unknown[];
  lane: Lane;
  /** Key under which an earlier delivery of the same event is known, by index. */
  dedupeKeys?: readonly (string | undefined)[];
  /** An integration or a workflow made the change, not a person. */
  byMachine?: boolean | undefined;
  /** The CRM says that the records are gone: a person decides what becomes of them in NetSuite. */
  deleted?: boolean | undefined;
  /** Another record needs these: a gate that takes only needed ones lets them pass. */
  needed?: boolean;
}

export interface IgnoredRecord {
  index: number;
  crmId: string | null;
  reason: string;
}

export interface MappedRecords {
  operations: MappedOperation[];
  /** Index of the record that an operation came from. */
  recordIndex: number[];
  ignored: IgnoredRecord[];
  warnings: { index: number; warnings: readonly MapWarning[] }[];
}

/** What mapping needs of a mapper. */
type RecordMapper = Pick<Mapper, 'flowsFor' | 'map' | 'requiresMs'>;

/** Maps every record by every flow that takes it. A record that can't be mapped becomes an operation in review, never an error. */
export async function mapRecords(mapper: RecordMapper, input: RecordsToMap): Promise<MappedRecords> {
  const flows = mapper.flowsFor(input.source, input.object);
  if (flows.length === 0) {
    throw new ProblemError(
      'mapping-missing',
      `No enabled flow takes ${input.object} of ${input.source.name}; \`suiterelay flows\` lists those that exist.`,
      { errors: [{ pointer: '#/object', detail: 'is taken by no flow', code: 'mapping-missing' }] },
    );
  }
  const mapped: MappedRecords = { operations: [], recordIndex: [], ignored: [], warnings: [] };
  await inSteps(input.records, (record, index) => {
    const outcomes = flows.map((flow) => mapper.map(flow, record, input.account));
    for (const outcome of outcomes)
      addOutcome(mapped, outcome, record, index, { ...input, requiresMs: mapper.requiresMs });
  });
  return mapped;
}

function addOutcome(
  mapped: MappedRecords,
  outcome: MapOutcome,
  record: unknown,
  index: number,
  input: RecordsToMap & { requiresMs: number },
): void {
  const dedupeKey = input.dedupeKeys?.[index];
  const origin = {
    pool: input.account,
    source: input.source.name,
    object: input.object,
    lane: input.lane,
    flow: outcome.flow,
    requiresMs: input.requiresMs,
    dedupeKey: dedupeKey === undefined ? undefined : `${dedupeKey}|${outcome.flow.id}`,
  };
  if (input.deleted && outcome.kind !== 'ignored') {
    mapped.operations.push(refusedOperation(outcome, goneFrom(input.object, outcome), record, origin));
    mapped.recordIndex.push(index);
    return;
  }
  switch (outcome.kind) {
    case 'ignored':
      mapped.ignored.push({ index, crmId: outcome.crmId, reason: outcome.reason });
      return;
    case 'problem':
      mapped.operations.push(refusedOperation(outcome, outcome.problem, record, origin));
      mapped.recordIndex.push(index);
      return;
    case 'operations':
      for (const operation of outcome.operations) {
        mapped.operations.push({
          ...toOperation(operation, { ...origin, warnings: outcome.warnings }),
          crmId: outcome.crmId ?? undefined,
          change: changeOf(outcome.flow, record, input, outcome.onlyNeeded === true),
        });
        mapped.recordIndex.push(index);
      }
      if (outcome.warnings.length > 0) mapped.warnings.push({ index, warnings: outcome.warnings });
  }
}

/** Nothing is deleted in NetSuite by itself: books hang on its records. */
const goneFrom = (object: string, { crmId }: MapOutcome): Refusal => ({
  code: 'CRM_RECORD_DELETED',
  class: 'conflict',
  message: `${object} ${crmId ?? ''} was deleted in the CRM.`,
  remedy: 'Decide what becomes of it in NetSuite (inactivate it there if so), then resolve this.',
});

const changeOf = (
  flow: Flow,
  record: unknown,
  { byMachine = false, needed = false }: RecordsToMap,
  onlyNeeded: boolean,
): ChangeOrigin => ({
  onlyNeeded: onlyNeeded && !needed,
  version: sourceVersionOf(flow, record),
  byMachine,
  cadence: flow.cadence,
  crm: flow.crm,
  reviewed: flow.fields.filter(({ foreignEdit }) => foreignEdit === 'review').map(({ to }) => to),
});
