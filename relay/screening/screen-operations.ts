import { classOf, type DirectRecord } from '../../contract';
import {
  hashOf,
  knowledgeKey,
  readCrmKnowledge,
  readNetSuiteKnowledge,
  writeCrmKnowledge,
} from '../../flows/conflict/knowledge';
import { dueAt } from '../../flows/due-at';
import { screenRecord, type Guards, type Verdict } from '../../flows/conflict/screen-record';
import { inSteps } from '../http/accept/in-steps';
import type { Failure, NewOperation, Shadow, ShadowWrite } from '../store/types';
import { afterCrossing, hopOfReaction, hopShadow } from './hops';
import { hopKey, SIDES, type ChangeOrigin, type MappedOperation } from './screening';

export interface Screened {
  operations: NewOperation[];
  shadows: ShadowWrite[];
  /** One entry for each operation that does not go on as it came. */
  notes: { externalId: string; flow: string; outcome: Exclude<Verdict['kind'], 'send'> | 'partly'; fields: string[] }[];
}

export type JudgedOperation = MappedOperation & { flow: string; change: ChangeOrigin };

/** Whether an operation is a mapped record: what could not be mapped, or was given as an operation, is not judged. */
export const isJudged = (operation: MappedOperation): operation is JudgedOperation =>
  operation.change !== undefined && operation.flow !== undefined && operation.refused === undefined;

/** The rows of the store that judging these operations needs. */
export function knowledgeOf(operations: readonly JudgedOperation[]): { side: string; key: string }[] {
  const names = operations.flatMap(({ flow, externalId, change, object, crmId }) => {
    const key = knowledgeKey(flow, externalId);
    const hop =
      change.byMachine && crmId !== undefined ? [{ side: SIDES.hop, key: hopKey(change.crm, object, crmId) }] : [];
    return [{ side: SIDES.crm, key }, { side: SIDES.netsuite, key }, ...hop];
  });
  return [...new Map(names.map((one) => [`${one.side}|${one.key}`, one])).values()];
}

/**
 * Judges operations in the order given, each knowing what the ones before it left. What need not be sent becomes an operation that is
 * done already, what a person must decide one in review; nothing disappears.
 */
export async function screenOperations(
  operations: readonly MappedOperation[],
  rows: readonly Shadow[],
  { guards, nowMs }: { guards: Guards; nowMs: number },
): Promise<Screened> {
  const byName = new Map(rows.map((row) => [`${row.side}|${row.key}`, row]));
  const crmRows = new Map<string, { pool: string; hash: string | null; projection: Record<string, unknown> }>();
  const screened: Screened = { operations: [], shadows: [], notes: [] };
  await inSteps(operations, (operation) => {
    if (!isJudged(operation)) {
      screened.operations.push(plain(operation));
      return;
    }
    const { pool, flow, externalId, change, object, crmId } = operation;
    const key = knowledgeKey(flow, externalId);
    const row = byName.get(`${SIDES.crm}|${key}`);
    const before = crmRows.get(key);
    const netsuite = readNetSuiteKnowledge(byName.get(`${SIDES.netsuite}|${key}`)?.projection);
    const crm = readCrmKnowledge(before?.projection ?? row?.projection);
    if (change.onlyNeeded && netsuite === null && Object.keys(crm.sent).length === 0) {
      screened.operations.push({ ...plain(operation), concluded: { result: 'unchanged', skipped: NOT_NEEDED } });
      return;
    }
    const crossing = hopKey(change.crm, object, crmId ?? '');
    const hops = byName.get(`${SIDES.hop}|${crossing}`);
    const verdict = screenRecord({
      record: operation.body as DirectRecord,
      version: change.version,
      hop: change.byMachine ? hopOfReaction(hops, nowMs) : 0,
      crm,
      netsuite,
      reviewed: new Set(change.reviewed),
      guards,
      nowMs,
    });
    const hop = verdict.kind === 'send' ? (verdict.record.hop ?? 0) : 0;
    if (hop > 0) screened.shadows.push(hopShadow(pool, crossing, afterCrossing(hops, hop, nowMs)));
    crmRows.set(key, { pool, hash: row?.hash ?? null, projection: writeCrmKnowledge(verdict.crm) });
    const due = operation.notBefore ?? dueAt(change.cadence, nowMs);
    screened.operations.push(carryOut(plain(operation), verdict, due));
    const fields = verdict.kind === 'review' ? verdict.fields : verdict.skipped.map(({ field }) => field);
    if (verdict.kind !== 'send') screened.notes.push({ externalId, flow, outcome: verdict.kind, fields });
    else if (fields.length > 0) screened.notes.push({ externalId, flow, outcome: 'partly', fields });
  });
  for (const [key, { pool, hash, projection }] of crmRows) {
    screened.shadows.push({ pool, side: SIDES.crm, key, projection, hash: hashOf(projection), basedOn: hash });
  }
  return screened;
}

/** It stays where it is until a record that is sent needs it. */
const NOT_NEEDED = [{ field: '(record)', reason: 'not-needed-yet' }];

const plain = ({ change: _change, ...operation }: MappedOperation): NewOperation => operation;

function carryOut(operation: NewOperation, verdict: Verdict, notBefore: number | undefined): NewOperation {
  switch (verdict.kind) {
    case 'send':
      return {
        ...operation,
        body: verdict.record,
        full: verdict.record.full === true,
        // What waits for its time is replaced by what comes meanwhile: a window sends the newest state, once.
        ...(notBefore === undefined ? {} : { notBefore, coalesce: verdict.record.full === true }),
      };
    case 'unchanged':
    case 'stale':
      return { ...operation, concluded: { result: verdict.kind, skipped: verdict.skipped } };
    case 'review':
      return { ...operation, refused: failureOf(verdict) };
  }
}

const FAILURES = {
  'not-owner': {
    code: 'FOREIGN_EDIT',
    message: 'belongs to NetSuite at this stage of the record, and the flow wants such an edit looked at',
    action: 'Make the edit in NetSuite if it is right, then resolve this; a replay sends it all the same.',
  },
  'too-many-hops': {
    code: 'TOO_MANY_HOPS',
    message: 'has crossed between the systems more often than any change of a person does',
    action: 'Look which automation answers to our writes; then replay the value that is right, or resolve.',
  },
  oscillates: {
    code: 'FIELD_OSCILLATES',
    message: 'goes back and forth between two values: two systems or automations both keep it',
    action: 'Give the field one owner in the flow, or end the automation; then replay the value that is right.',
  },
} as const;

function failureOf({ reason, fields }: Extract<Verdict, { kind: 'review' }>): Failure {
  const { code, message, action } = FAILURES[reason];
  return { code, class: classOf(code), message: `${fields.join(', ')} ${message}.`, field: fields[0], action };
}
