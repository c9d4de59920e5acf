import { mapRecord, type Flow, type FlowSet } from '../../flows';
import { sourceVersionOf } from '../../flows/source-version';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { readRecordsByKey } from '../netsuite';
import type { PullContext } from '../pull/read-once';
import { judgeRecord, knowledgeNames, type Expected, type Judged } from './judge-record';

/** A record of the CRM. */
interface Mapped {
  expected: Expected;
  crmId: string;
  /** When it changed there last, ISO 8601. */
  at: string;
  /** The flow takes it only when another record needs it, or NetSuite has it already. */
  onlyNeeded: boolean;
  /** Why the record can't be mapped at all. */
  problem?: string;
}

export type Compared = Mapped & Judged;

/** Reads records of a CRM and says of each that its flow takes whether NetSuite holds it as it stands. */
export async function compareChanges(
  context: PullContext,
  adapter: CrmAdapter,
  flow: Flow,
  changed: readonly { id: string; at: string }[],
  signal: AbortSignal,
): Promise<Compared[]> {
  const ids = changed.map(({ id }) => id);
  const records = await adapter.readRecords(flow.object, ids, signal);
  const set = context.set();
  const mapped = changed.flatMap(({ id, at }) => {
    const record = records.get(id);
    return record === undefined ? [] : mapOne(flow, record, { crmId: id, at }, set);
  });
  const held = await readRecordsByKey(context, flow.recordType, [
    ...new Set(mapped.map(({ expected }) => expected.externalId)),
  ]);
  const rows = await context.store.getShadows(context.account, knowledgeNames(mapped.map(({ expected }) => expected)));
  const shadows = new Map(rows.map((row) => [`${row.side}|${row.key}`, row]));
  return mapped.flatMap((one) => {
    const there = held.has(one.expected.externalId);
    // A record that nothing needs yet is not expected in NetSuite.
    if (one.onlyNeeded && !there) return [];
    const judged = judgeRecord(one.expected, { there, shadows }, context.now());
    return [{ ...one, ...(one.problem !== undefined && there ? proven(judged) : judged) }];
  });
}

/** What the flow can't map now is in review by itself; the record as such is there. */
const proven = ({ line }: Judged): Judged => ({ line: { ...line, netsuite: line.crm }, state: 'equal', fields: [] });

function mapOne(flow: Flow, record: unknown, known: { crmId: string; at: string }, set: FlowSet): Mapped[] {
  const outcome = mapRecord(flow, record, set.context);
  const version = sourceVersionOf(flow, record);
  const expected = (externalId: string, wanted: Expected['record']): Expected => ({
    flow: flow.id,
    version,
    externalId: externalId.trim().toUpperCase(),
    record: wanted,
  });
  if (outcome.kind === 'operations') {
    const onlyNeeded = outcome.onlyNeeded === true;
    return outcome.operations.map((one) => ({ ...known, onlyNeeded, expected: expected(one.key.externalId, one) }));
  }
  if (outcome.kind === 'ignored' || outcome.externalId === null) return [];
  const { externalId, problem } = outcome;
  const bare: Expected['record'] = {
    recordType: flow.recordType,
    action: flow.action,
    key: { externalId },
    fields: {},
  };
  return [{ ...known, onlyNeeded: false, expected: expected(externalId, bare), problem: problem.message }];
}
