import type { OperationState } from '../types';

/** The store's own states. Live is below 10; of the live operations of a record exactly one is its head. */
export const S = {
  /** Behind the head of its record. */
  blocked: 0,
  ready: 1,
  /** A head that failed and is tried again at `run_at`. */
  waiting: 2,
  /** In a batch, until settled or `lease_until`. */
  leased: 3,
  /** In review: a person decides; holds its record. */
  held: 4,
  /** A head that waits for other records or operations (edges). */
  parked: 5,
  /** Could not be mapped and stands behind its record's head; becomes `held` in its turn. */
  refused: 6,
  /** A head that may not go before `run_at`: given so, or because a lost call on its record may still write. */
  delayed: 7,
  /** In a bulk job, while a newer full version of its record goes ahead of it: neither head nor behind one. */
  overtaken: 8,
  done: 10,
  dead: 11,
  superseded: 12,
  cancelled: 13,
} as const;
export type Inner = (typeof S)[keyof typeof S];

export const HEAD_STATES: readonly Inner[] = [S.ready, S.waiting, S.leased, S.held, S.parked, S.delayed];

/**
 * Every move an operation can make: by which event, from where, to where. Nothing else moves one: statements take their `from` of this
 * table, and the tests walk it.
 */
export const TRANSITIONS = {
  enqueue: { from: [], to: [S.blocked, S.ready, S.held, S.parked, S.refused, S.delayed, S.done, S.superseded] },
  promote: { from: [S.blocked, S.refused], to: [S.ready, S.parked, S.delayed, S.held] },
  unpark: { from: [S.parked], to: [S.ready, S.delayed] },
  overdue: { from: [S.parked], to: [S.held] },
  wake: { from: [S.waiting, S.delayed], to: [S.ready] },
  take: { from: [S.ready], to: [S.leased] },
  release: { from: [S.leased], to: [S.ready] },
  reap: { from: [S.leased], to: [S.ready] },
  /** Only what a bulk job holds, and only by an operation that carries everything its flow writes. */
  overtake: { from: [S.leased], to: [S.overtaken] },
  settle: {
    from: [S.leased, S.overtaken],
    to: [S.done, S.ready, S.waiting, S.parked, S.held, S.dead, S.superseded],
  },
  endJob: { from: [S.leased, S.overtaken], to: [S.ready, S.superseded] },
  supersede: {
    from: [S.blocked, S.ready, S.waiting, S.held, S.parked, S.refused, S.delayed],
    to: [S.superseded],
  },
  /** In place: it kept its turn. */
  replay: { from: [S.held, S.waiting, S.parked, S.delayed], to: [S.ready, S.parked, S.delayed] },
  /** A dead one goes behind the head of its record; so does one that could not be mapped and was edited. */
  requeue: { from: [S.dead, S.refused], to: [S.blocked, S.ready, S.parked, S.delayed] },
  resolve: {
    from: [S.blocked, S.ready, S.waiting, S.held, S.parked, S.refused, S.delayed, S.dead],
    to: [S.cancelled],
  },
  skip: { from: [S.held, S.waiting, S.parked, S.refused, S.delayed], to: [S.dead] },
  cancel: { from: [S.blocked, S.ready, S.waiting, S.held, S.parked, S.refused, S.delayed], to: [S.cancelled] },
  /** Two records turn out to be one: the younger's head goes behind; the older's waits where a lost call of the younger may still write. */
  merge: {
    from: [S.ready, S.waiting, S.parked, S.delayed, S.held, S.blocked, S.refused],
    to: [S.blocked, S.refused, S.delayed],
  },
} as const satisfies Record<string, { from: readonly Inner[]; to: readonly Inner[] }>;

export const isFinal = (state: number): boolean => state >= S.done;

/** `(0,6)`: the states as a SQL list. Written into the text, not passed, so that partial indexes are recognised. */
export const inList = (states: readonly Inner[]): string => `(${states.join(',')})`;
export const mayMove = (event: keyof typeof TRANSITIONS, state: number): boolean =>
  (TRANSITIONS[event].from as readonly number[]).includes(state);

/** What callers see. */
export function outerState(state: Inner): OperationState {
  switch (state) {
    case S.blocked:
    case S.ready:
    case S.parked:
    case S.delayed:
      return 'queued';
    case S.waiting:
      return 'retrying';
    case S.leased:
    case S.overtaken:
      return 'sending';
    case S.held:
    case S.refused:
      return 'review';
    case S.done:
      return 'done';
    case S.dead:
      return 'dead';
    case S.superseded:
      return 'superseded';
    case S.cancelled:
      return 'cancelled';
  }
}

/** The inner states of an outer one. */
export const innerStates = (outer: OperationState): Inner[] =>
  Object.values(S).filter((state) => outerState(state) === outer);
