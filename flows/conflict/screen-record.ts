import type { DirectRecord } from '../../contract';
import { decide, EMPTY_STATE } from './decide';
import { oscillates, type Flip } from './detect-oscillation';
import { unitsOf, withoutUnits, type Digests, type Unit } from './digest-record';
import { addFlip, FLIPS_MS, type CrmKnowledge, type NetSuiteKnowledge } from './knowledge';
import type { Decision, FieldOwner, RecordState, Side, Stage } from './types';

/** Guards that can be taken away one by one, to see that the others hold. */
export interface Guards {
  /** Send nothing that NetSuite is known to hold. */
  content: boolean;
  /** Drop what is older than what was seen. */
  version: boolean;
  /** Count how often a change has crossed. */
  hops: boolean;
}

export interface Screening {
  record: DirectRecord;
  /** Version of the record at its source, comparable text; null when the source gives none. */
  version: string | null;
  /** How often this change has crossed between the systems. */
  hop: number;
  crm: CrmKnowledge;
  netsuite: NetSuiteKnowledge | null;
  /** Units whose edit by the side that does not own them is a person's matter. */
  reviewed: ReadonlySet<string>;
  guards: Guards;
  nowMs: number;
}

type Skipped = { field: string; reason: string };

/** What becomes of one record that a CRM reported. `crm` is what is known of the CRM from now on. */
export type Verdict = { crm: CrmKnowledge; skipped: Skipped[] } & (
  | { kind: 'send'; record: DirectRecord }
  | { kind: 'unchanged' | 'stale' }
  | { kind: 'review'; reason: 'not-owner' | 'too-many-hops' | 'oscillates'; fields: string[]; record: DirectRecord }
);

/** Knowledge of NetSuite older than this is asked for anew, in ms: what was changed there unseen comes right within a day. */
const TRUSTED_MS = 24 * 3_600_000;

/** Judges a record by the conflict algorithm: stale, echo, owner, difference, hops; pure, so that every order can be tried. */
export function screenRecord(input: Screening): Verdict {
  const { record, hop, guards, nowMs } = input;
  const netsuite =
    guards.content && input.netsuite && nowMs - input.netsuite.confirmedAt <= TRUSTED_MS ? input.netsuite : null;
  const units = unitsOf(record);
  const owners = ownersOf(units, input.reviewed, netsuite !== null);
  const event = {
    side: 'crm' as const,
    id: '',
    sourceVersion: versionOf(input),
    stage: netsuite?.stage ?? ('PROSPECT' as const),
    fields: Object.fromEntries(units.map(({ name, digest }) => [name, digest])),
    ownOperation: null,
    hop: guards.hops ? hop : 0,
  };
  const decision = decide(stateOf(input.crm, netsuite), event, owners);
  const skipped = decision.ignored.filter(({ reason }) => reason !== 'echo');
  const crm = { ...knowledgeAfter(input.crm, decision), sent: input.crm.sent, flips: input.crm.flips };
  const [held] = decision.review;
  if (held) {
    const fields = decision.review.filter(({ reason }) => reason === held.reason).map(({ field }) => field);
    return { kind: 'review', reason: held.reason, fields, record, crm, skipped };
  }
  const written = Object.keys(decision.write);
  if (written.length === 0) {
    const stale = skipped.some(({ reason }) => reason === 'stale');
    return { kind: stale ? 'stale' : 'unchanged', crm, skipped };
  }
  const sent = { ...crm.sent, ...(decision.write as Digests) };
  const flips = flipsAfter(input, netsuite, event.fields, written);
  const swinging = written.filter((name) => oscillates(flips[name] ?? [], nowMs));
  if (swinging.length > 0) {
    return { kind: 'review', reason: 'oscillates', fields: swinging, record, crm: { ...crm, flips }, skipped };
  }
  const stale = new Set(skipped.filter(({ reason }) => reason === 'stale').map(({ field }) => field));
  const out = withoutUnits(record, stale);
  return { kind: 'send', record: { ...out, hop: event.hop }, crm: { ...crm, sent, flips }, skipped };
}

/**
 * The source's own version first; what arrived later counts as newer only where that is equal, because a second can hold two edits
 * (SystemModstamp has no finer grain). A source without versions is taken as it comes.
 */
function versionOf({ version, crm, nowMs, guards }: Screening): string {
  const known = Object.values(crm.versions).sort().at(-1)?.split('~')[0] ?? '';
  const base = version !== null && guards.version ? version : known;
  return `${base}~${String(nowMs).padStart(15, '0')}`;
}

/** `record` carries owner and write mode of every field; a list or an address goes by the fields in it. */
function ownersOf(units: readonly Unit[], reviewed: ReadonlySet<string>, exists: boolean): Record<string, FieldOwner> {
  return Object.fromEntries(
    units.map(({ name, fields }) => [
      name,
      {
        owner: (stage: Stage) => (!exists || fields.some((field) => isCrmAt(field, stage)) ? 'crm' : 'netsuite'),
        foreignEdit: reviewed.has(name) ? ('review' as const) : ('ignore' as const),
      },
    ]),
  );
}

function isCrmAt({ write, stages, owner }: Unit['fields'][number], stage: Stage): boolean {
  if (owner === 'relay' || write === 'onCreate') return false;
  return write !== 'whileStage' || (stages ?? []).includes(stage);
}

/** NetSuite is known to hold a unit when an answer confirmed it and nothing else was accepted for it since. */
function stateOf(crm: CrmKnowledge, netsuite: NetSuiteKnowledge | null): RecordState {
  const held = Object.entries(netsuite?.fields ?? {}).filter(
    ([name, digest]) => crm.sent[name] === undefined || crm.sent[name] === digest,
  );
  const seen = Object.fromEntries(
    Object.entries(crm.versions).map(([name, version]) => [
      `crm|${name}`,
      `${version}|${JSON.stringify(crm.fields[name] ?? '')}`,
    ]),
  );
  const shadow: Record<Side, Digests> = { crm: crm.fields, netsuite: Object.fromEntries(held) };
  return { ...EMPTY_STATE, stage: netsuite?.stage ?? 'LEAD', seen, ruled: seen, shadow };
}

function knowledgeAfter(before: CrmKnowledge, { state }: Decision): Pick<CrmKnowledge, 'fields' | 'versions'> {
  const versions = Object.fromEntries(
    Object.entries(state.seen).map(([mark, stamp]) => [mark.slice('crm|'.length), stamp.split('|')[0] ?? '']),
  );
  return { fields: state.shadow.crm as Digests, versions: { ...before.versions, ...versions } };
}

/**
 * A value that somebody in NetSuite gave, and ours takes the place of, is a flip too: that is how a second master there shows. Once for each
 * edit: a CRM that tells of one change three times before NetSuite has answered takes the place of the same value three times.
 */
function flipsAfter(
  { crm: { flips }, nowMs }: Screening,
  netsuite: NetSuiteKnowledge | null,
  values: Digests,
  written: readonly string[],
): Record<string, readonly Flip[]> {
  const kept = Object.entries(flips).filter(([, list]) => nowMs - (list.at(-1)?.at ?? 0) <= FLIPS_MS);
  const added = written.map((name) => {
    const event = netsuite?.edited[name];
    const held = netsuite?.fields[name];
    const counted = event === undefined || (flips[name] ?? []).some((flip) => flip.event === event);
    const before =
      counted || held === undefined ? flips[name] : addFlip(flips[name], { at: nowMs, value: held, event });
    return [name, addFlip(before, { at: nowMs, value: values[name] ?? '' })] as const;
  });
  return { ...Object.fromEntries(kept), ...Object.fromEntries(added) };
}
