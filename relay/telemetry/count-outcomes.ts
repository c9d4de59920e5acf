import type { Settlement, TakenOperation } from '../store/types';

/** What became of one operation that was carried out, for whoever counts. */
export interface FlowOutcome {
  /** Id of its flow; that of its object where it came without one. */
  flow: string;
  /** `created`, `updated`, `unchanged` …, or where it goes on: `retry`, `waiting for a record`, `review`, `dead`. */
  outcome: string;
  /** Class of its failure, such as `conflict` or `data`; empty where there is none. */
  class: string;
  /** From its acceptance to its end, in ms; null while it goes on. */
  tookMs: number | null;
}

type Counted = Pick<TakenOperation, 'seq' | 'flow' | 'object' | 'createdAt'>;

const GOES_ON: Readonly<Record<string, string>> = {
  waiting: 'retry',
  unknown: 'retry',
  parked: 'waiting for a record',
};

/** The outcomes of a call by flow. What a call handed back untouched has none yet. */
export function outcomesOf(
  operations: readonly Counted[],
  settlements: readonly Settlement[],
  nowMs: number,
): FlowOutcome[] {
  const bySeq = new Map(operations.map((operation) => [operation.seq, operation]));
  return settlements.flatMap((settlement) => {
    const operation = bySeq.get(settlement.seq);
    if (!operation || settlement.to === 'ready') return [];
    const ended = settlement.to === 'done';
    return {
      flow: operation.flow ?? operation.object,
      outcome: ended ? settlement.result : (GOES_ON[settlement.to] ?? settlement.to),
      class: ended ? '' : settlement.error.class,
      tookMs: ended || settlement.to === 'dead' ? Math.max(0, nowMs - operation.createdAt) : null,
    };
  });
}

/** Told of the settlements of every call, towards NetSuite and towards a CRM. */
export type CountOutcomes = (operations: readonly TakenOperation[], settlements: readonly Settlement[]) => void;
