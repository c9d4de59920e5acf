import type { DirectRecord } from '../../contract';
import { knowledgeKey, readCrmKnowledge, readNetSuiteKnowledge } from '../../flows/conflict/knowledge';
import { unitsOf } from '../../flows/conflict/digest-record';
import { screenRecord } from '../../flows/conflict/screen-record';
import { ALL_GUARDS, SIDES } from '../screening/screening';
import type { Shadow } from '../store/types';
import { digestOf, type Line } from './sum-lines';

/** A CRM record as its flow maps it, and what is known of it. */
export interface Expected {
  flow: string;
  externalId: string;
  record: DirectRecord;
  version: string | null;
}

export interface Judged {
  line: Line;
  state: 'equal' | 'missing' | 'different' | 'unproven';
  /** Fields that NetSuite was never confirmed to hold as the CRM shows them. */
  fields: string[];
}

/** Knowledge that judging these records needs. */
export const knowledgeNames = (expected: readonly Expected[]): { side: string; key: string }[] =>
  expected.flatMap(({ flow, externalId }) =>
    [SIDES.crm, SIDES.netsuite].map((side) => ({ side, key: knowledgeKey(flow, externalId) })),
  );

/**
 * Whether NetSuite holds what the CRM shows: the record is there, and every field that is the CRM's to give was confirmed as it stands
 * now. Fields that belong to NetSuite at this stage are none of the comparison's business. Pure.
 */
export function judgeRecord(
  { flow, externalId, record, version }: Expected,
  held: { there: boolean; shadows: ReadonlyMap<string, Shadow> },
  nowMs: number,
): Judged {
  const key = knowledgeKey(flow, externalId);
  const units = Object.fromEntries(unitsOf(record).map(({ name, digest }) => [name, digest]));
  const crm = digestOf(units);
  if (!held.there) return { line: { key: externalId, crm, netsuite: null }, state: 'missing', fields: [] };
  const known = readNetSuiteKnowledge(held.shadows.get(`${SIDES.netsuite}|${key}`)?.projection);
  if (known === null) return { line: { key: externalId, crm, netsuite: 'unproven' }, state: 'unproven', fields: [] };
  const verdict = screenRecord({
    record,
    version,
    hop: 0,
    crm: readCrmKnowledge(held.shadows.get(`${SIDES.crm}|${key}`)?.projection),
    // What was confirmed long ago is as good here: only a change since would make it void.
    netsuite: { ...known, confirmedAt: nowMs },
    reviewed: new Set(),
    guards: ALL_GUARDS,
    nowMs,
  });
  if (verdict.kind === 'unchanged' || verdict.kind === 'stale')
    return { line: { key: externalId, crm, netsuite: crm }, state: 'equal', fields: [] };
  const open = Object.keys(units).filter((name) => known.fields[name] !== units[name]);
  const netsuite = digestOf({
    ...units,
    ...Object.fromEntries(open.map((name) => [name, known.fields[name] ?? null])),
  });
  // A field that was never sent, such as one that a trigger left out, may be equal all the same: nobody knows.
  const fields = open.filter((name) => known.fields[name] !== undefined);
  return { line: { key: externalId, crm, netsuite }, state: fields.length > 0 ? 'different' : 'unproven', fields };
}
