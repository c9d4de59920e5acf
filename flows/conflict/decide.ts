import { canonicalJson } from '../../contract';
import { sameValue } from './same-value';
import type { Decision, FieldOwner, RecordState, Side, SideEvent } from './types';

/** A change that crossed more often than this goes round in circles, whatever else says otherwise. */
export const MAX_HOPS = 3;

export const EMPTY_STATE: RecordState = {
  stage: 'LEAD',
  seen: {},
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
  const stage = laterStage(state.stage, event.stage);
  const seen = { ...state.seen };
  const accepted = { ...state.accepted };
  const handedOver = { ...state.handedOver };
  const own = { ...state.shadow[event.side] };
  const far = { ...state.shadow[other(event.side)] };
  const write: Record<string, Decision['write'][string]> = {};
  const ignored: Decision['ignored'] = [];
  const review: Decision['review'] = [];
  for (const [field, value] of Object.entries(event.fields)) {
    const mark = `${event.side}|${field}`;
    if (isOlder(event, value, seen[mark])) {
      ignored.push({ field, reason: 'stale' });
      continue;
    }
    seen[mark] = stamp(event, value);
    const echo = event.ownOperation !== null || (field in own && sameValue(own[field], value));
    own[field] = value;
    const rule = owners[field];
    if (rule?.owner(event.stage) !== event.side) {
      if (echo) ignored.push({ field, reason: 'echo' });
      else if (rule?.foreignEdit === 'review') review.push({ field, reason: 'not-owner' });
      else ignored.push({ field, reason: 'not-owner' });
      continue;
    }
    if (event.side === 'crm' && handedOver[field]) {
      ignored.push({ field, reason: 'stale' });
      continue;
    }
    if (event.side === 'netsuite') handedOver[field] = true;
    accepted[field] = value;
    if (field in far && sameValue(far[field], value)) ignored.push({ field, reason: 'echo' });
    else if (event.hop >= MAX_HOPS) review.push({ field, reason: 'too-many-hops' });
    else {
      write[field] = value;
      far[field] = value;
    }
  }
  const shadow = event.side === 'crm' ? { crm: own, netsuite: far } : { crm: far, netsuite: own };
  return { state: { stage, seen, accepted, handedOver, shadow }, write, ignored, review };
}

const laterStage = (a: RecordState['stage'], b: RecordState['stage']): RecordState['stage'] =>
  STAGES.indexOf(b) > STAGES.indexOf(a) ? b : a;

/** Two edits of one instant are told apart by their content: which is meant to win is nobody's guess, only that it is always the same. */
const stamp = (event: SideEvent, value: SideEvent['fields'][string]): string =>
  `${event.sourceVersion}|${canonicalJson(value)}`;

const isOlder = (event: SideEvent, value: SideEvent['fields'][string], known: string | undefined): boolean =>
  known !== undefined && stamp(event, value) < known;
