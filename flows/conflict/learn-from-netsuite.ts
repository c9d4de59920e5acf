import type { ChangeEvent, DirectRecord, OperationResult } from '../../contract';
import { digestPlain, unitsOf } from './digest-record';
import type { NetSuiteKnowledge } from './knowledge';

/** Results after which NetSuite holds what was sent. */
const APPLIED: ReadonlySet<OperationResult['status']> = new Set(['created', 'updated', 'unchanged', 'duplicate']);

type Answered = Pick<OperationResult, 'status' | 'skipped' | 'warnings'>;

/**
 * What NetSuite holds after an answer; null when the answer does not say. A field left out with a warning (a reference that is missing)
 * may be possible later, so it is not known; one its write mode left alone was decided, and the same value need not be sent again.
 */
export function learnFromAnswer(record: DirectRecord, result: Answered, nowMs: number): NetSuiteKnowledge | null {
  if (!APPLIED.has(result.status)) return null;
  const doubtful = new Set(
    result.warnings.filter(({ code }) => code !== 'FIELD_TRUNCATED').map(({ field }) => unitName(field ?? '')),
  );
  const fields = Object.fromEntries(
    unitsOf(record)
      .filter(({ name }) => !doubtful.has(name))
      .map(({ name, digest }) => [name, digest]),
  );
  const past = result.skipped?.some(({ reason }) => reason === 'whileStage') === true;
  return { fields, stage: past ? 'CUSTOMER' : null, confirmedAt: nowMs, edited: {} };
}

/** `item[abc].rate` belongs to `item[]`, `billingaddress.city` to `billingaddress{}`. */
function unitName(field: string): string {
  const list = /^([a-z0-9_]+)\[/.exec(field);
  if (list) return `${list[1]}[]`;
  const part = /^([a-z0-9_]+)\./.exec(field);
  return part ? `${part[1]}{}` : field;
}

/** What is still known after a change in NetSuite; null when nothing is. The type of an event's record is its stage: lead, prospect, customer. */
export function learnFromEvent(known: NetSuiteKnowledge, { id, type, data }: ChangeEvent): NetSuiteKnowledge | null {
  if (type.includes('.deleted.')) return null;
  const fields: Record<string, string> = { ...known.fields };
  const edited = { ...known.edited };
  const stage = stageOf(data.recordType) ?? known.stage;
  for (const change of data.changes) {
    const name = unitName(change.field);
    if (fields[name] === undefined) continue;
    if (fields[name].startsWith('v:')) {
      fields[name] = digestPlain(change.new);
      edited[name] = id;
    } else delete fields[name];
  }
  return { ...known, fields, stage, edited };
}

export function stageOf(text: string): NetSuiteKnowledge['stage'] {
  const stage = text.toUpperCase();
  return stage === 'LEAD' || stage === 'PROSPECT' || stage === 'CUSTOMER' ? stage : null;
}
