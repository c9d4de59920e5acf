import type { PlainValue } from '../../contract';

export type Side = 'crm' | 'netsuite';
export type Stage = 'LEAD' | 'PROSPECT' | 'CUSTOMER';

/** Who owns a field at which stage: the compiled form of a flow's `owner`. */
export interface FieldOwner {
  owner: (stage: Stage) => Side;
  /** What happens to an edit of the side that does not own the field. */
  foreignEdit: 'ignore' | 'review';
}

/** One edit of a record as a side reports it. */
export interface SideEvent {
  side: Side;
  /** Id of the event at its source: the same event twice is one. */
  id: string;
  /** Grows per side and record: SystemModstamp, occurredAt, or the outbox' sequence, as comparable text. */
  sourceVersion: string;
  stage: Stage;
  fields: Readonly<Record<string, PlainValue>>;
  /** The operation of ours that made this save, if one did. */
  ownOperation: string | null;
  /** How often this change has crossed between the systems already. */
  hop: number;
}

/** What the relay knows of one record: the last accepted value of every field and where it came from. */
export interface RecordState {
  stage: Stage;
  /** Newest event of each side, per field: what the side held at last. */
  seen: Readonly<Record<string, string>>;
  /** Newest event of each side, per field, at which the side was the owner: only these compete. */
  ruled: Readonly<Record<string, string>>;
  accepted: Readonly<Record<string, PlainValue>>;
  /** Fields that NetSuite has taken over: a CRM value of the time before says nothing any more, however late it arrives. */
  handedOver: Readonly<Record<string, true>>;
  /** What each side is known to hold. */
  shadow: Readonly<Record<Side, Readonly<Record<string, PlainValue>>>>;
}

export interface Decision {
  state: RecordState;
  /** Fields to write to the other side. */
  write: Readonly<Record<string, PlainValue>>;
  ignored: { field: string; reason: 'not-owner' | 'stale' | 'echo' }[];
  review: { field: string; reason: 'not-owner' | 'too-many-hops' }[];
}
