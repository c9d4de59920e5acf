import { FIELD_LENGTHS, groupOf, type DirectRecord } from '../../contract';
import type { MapOutcome } from '../../flows';
import { identityOf } from './identity';
import type { CrmSide } from './propose-links';
import type { References } from './missing-references';

export interface Complaint {
  /** `cannot be mapped`, `too long`, `is cut`, `not in NetSuite`, `left out`, `warning`. */
  kind: string;
  what: string;
  count: number;
  /** Ids of some records it is about. */
  examples: string[];
}

const MOST_EXAMPLES = 10;

/** One finding about one record, for a table that people work through. */
export interface Finding {
  id: string;
  kind: string;
  what: string;
}

/** Gathers what is wrong with records, by kind. */
export class Complaints {
  readonly #found = new Map<string, Complaint>();
  readonly #tell: (finding: Finding) => void;

  /** `tell` hears of every single one: only some are kept. */
  constructor(tell: (finding: Finding) => void = () => undefined) {
    this.#tell = tell;
  }

  add(kind: string, what: string, id: string): void {
    this.#tell({ id, kind, what });
    const name = `${kind}|${what}`;
    const known = this.#found.get(name) ?? { kind, what, count: 0, examples: [] };
    known.count += 1;
    if (known.examples.length < MOST_EXAMPLES) known.examples.push(id);
    this.#found.set(name, known);
  }

  list(): Complaint[] {
    return [...this.#found.values()].sort((a, b) => b.count - a.count);
  }
}

type Fields = NonNullable<DirectRecord['fields']>;

const lengthOf = (recordType: string, field: string): number | undefined => {
  const group = groupOf(recordType);
  return FIELD_LENGTHS[group]?.[field];
};

/** What one outcome of a flow says about its record; answers its identity when it would become an operation. */
export function judgeOutcome(
  outcome: MapOutcome,
  id: string,
  complaints: Complaints,
  references: References,
): CrmSide | null {
  if (outcome.kind === 'ignored') {
    complaints.add('left out', outcome.reason, id);
    return null;
  }
  if (outcome.kind === 'problem') {
    const { code, field, remedy } = outcome.problem;
    complaints.add('cannot be mapped', `${code} in ${field}: ${remedy}`, id);
    return null;
  }
  const [operation] = outcome.operations;
  if (!operation) return null;
  for (const { code, field } of outcome.warnings) complaints.add('warning', `${code} in ${field ?? 'the record'}`, id);
  const fields = operation.fields ?? {};
  for (const [name, value] of Object.entries(fields)) judgeField(operation.recordType, name, value, id, complaints);
  references.note(operation, id);
  const text = (name: string): unknown => fields[name]?.value;
  const person = [text('firstname'), text('lastname')].filter((one) => typeof one === 'string').join(' ');
  const name = text('companyname') ?? person;
  const { crmId } = outcome;
  return {
    crmId: crmId ?? id,
    externalId: operation.key.externalId,
    company: fields['company']?.ref?.externalId,
    label: typeof name === 'string' ? name : '',
    ...identityOf({ name, email: text('email'), url: text('url'), phone: text('phone') }),
  };
}

function judgeField(type: string, name: string, field: Fields[string], id: string, complaints: Complaints): void {
  const most = lengthOf(type, name);
  if (most !== undefined && typeof field.value === 'string' && [...field.value].length > most) {
    const what = `${name} holds more than ${most} characters`;
    complaints.add(field.truncate ? 'is cut' : 'too long', what, id);
  }
}
