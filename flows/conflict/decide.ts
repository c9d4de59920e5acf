import { canonicalJson, type PlainValue } from '../../contract';
import { sameValue } from './same-value';
import type { Decision, FieldOwner, RecordState, Side, SideEvent } from './types';

/** A change that crossed more often than this goes round in circles, whatever else says otherwise. */
export const MAX_HOPS = 3;

export const EMPTY_STATE: RecordState = {
  stage: 'LEAD',
  seen: {},
  ruled: {},
  accepted: {},
  handedOver: {},
  shadow: { crm: {}, netsuite: {} },
};

const other = (side: Side): Side => (side === 'crm' ? 'netsuite' : 'crm');
const STAGES = ['LEAD', 'PROSPECT', 'CUSTOMER'] as const;

/**
 * What one event means for a record: no clock, no arrival order. A field takes the newest value of the side that owns it, so the same
 * events in any order end in the same state. The steps are: renew the shadow, drop echoes, drop stale values, ask the owner, write
 * what differs from what the other side is known to hold.
 */
export function decide(state: RecordState, event: SideEvent, owners: Readonly<Record<string, FieldOwner>>): Decision {
  const { side } = event;
  const next: Draft = {
    seen: { ...state.seen },
    ruled: { ...state.ruled },
    accepted: { ...state.accepted },
    handedOver: { ...state.handedOver },
    own: { ...state.shadow[side] },
    far: { ...state.shadow[other(side)] },
  };
  const decision: Outcome = { write: {}, ignored: [], review: [] };
  for (const [field, value] of Object.entries(event.fields))
    decideField(next, decision, event, field, value, owners[field]);
  const { own, far, ...known } = next;
  const shadow = side === 'crm' ? { crm: own, netsuite: far } : { crm: far, netsuite: own };
  return { ...decision, state: { ...known, stage: laterStage(state.stage, event.stage), shadow } };
}

type Values = Record<string, PlainValue>;
type Draft = {
  seen: Record<string, string>;
  ruled: Record<string, string>;
  accepted: Values;
  handedOver: Record<string, true>;
  own: Values;
  far: Values;
};
type Outcome = { write: Values; ignored: Decision['ignored']; review: Decision['review'] };

function decideField(
  next: Draft,
  decision: Outcome,
  event: SideEvent,
  field: string,
  value: PlainValue,
  rule: FieldOwner | undefined,
): void {
  const mark = `${event.side}|${field}`;
  const newest = stamp(event, value);
  const echo = event.ownOperation !== null || (field in next.own && sameValue(next.own[field], value));
  if (newest >= (next.seen[mark] ?? '')) {
    next.seen[mark] = newest;
    next.own[field] = value;
  }
  if (rule?.owner(event.stage) !== event.side) {
    if (echo) decision.ignored.push({ field, reason: 'echo' });
    else if (rule?.foreignEdit === 'review') decision.review.push({ field, reason: 'not-owner' });
    else decision.ignored.push({ field, reason: 'not-owner' });
    return;
  }
  if (newest < (next.ruled[mark] ?? '') || (event.side === 'crm' && next.handedOver[field])) {
    decision.ignored.push({ field, reason: 'stale' });
    return;
  }
  next.ruled[mark] = newest;
  if (event.side === 'netsuite') next.handedOver[field] = true;
  next.accepted[field] = value;
  if (field in next.far && sameValue(next.far[field], value)) decision.ignored.push({ field, reason: 'echo' });
  else if (event.hop >= MAX_HOPS) decision.review.push({ field, reason: 'too-many-hops' });
  else {
    decision.write[field] = value;
    next.far[field] = value;
  }
}

const laterStage = (a: RecordState['stage'], b: RecordState['stage']): RecordState['stage'] =>
  STAGES.indexOf(b) > STAGES.indexOf(a) ? b : a;

/** Two edits of one instant are told apart by their content: which is meant to win is nobody's guess, only that it is always the same. */
const stamp = (event: SideEvent, value: SideEvent['fields'][string]): string =>
  `${event.sourceVersion}|${canonicalJson(value)}`;
