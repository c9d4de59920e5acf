import type { Logger } from 'pino';
import type { Guards } from '../../flows/conflict/screen-record';
import { ShadowOvertaken } from '../store/errors';
import type { EnqueueResult, NewRequest, Shadow, Store } from '../store/types';
import { followMerges, type FindMerged } from './follow-merges';
import { isJudged, knowledgeOf, screenOperations, type JudgedOperation, type Screened } from './screen-operations';
import { ALL_GUARDS, type MappedOperation } from './screening';

export interface ScreenServices {
  store: Pick<Store, 'enqueue' | 'getShadows'>;
  guards: () => Guards;
  now: () => number;
  log: Logger;
  /** The merge maps of the CRMs; without it what is said about merged records goes on as it came. */
  findMerged?: FindMerged;
  /** Told of every operation that did not go on as it came. */
  onNote?: (note: Screened['notes'][number]) => void;
}

/** A record that so many requests fight over at once is sent unjudged: NetSuite's own versions keep the order then. */
const TRIES = 6;

/** Stores a request whose records were judged by what is known of them, in one transaction with the new knowledge. */
export async function enqueueScreened(
  services: ScreenServices,
  request: Omit<NewRequest, 'operations'> & { operations: readonly MappedOperation[] },
): Promise<EnqueueResult> {
  const { findMerged } = services;
  const operations = findMerged ? await followMerges(request.operations, findMerged) : request.operations;
  const judged = operations.filter(isJudged);
  for (let tried = 1; ; tried += 1) {
    const screened = await screenAll(services, operations, judged);
    const shadows = [...(request.shadows ?? []), ...(tried < TRIES ? screened.shadows : [])];
    try {
      const result = await services.store.enqueue({ ...request, operations: screened.operations, shadows });
      if (result.outcome === 'accepted') tell(services, screened);
      return result;
    } catch (error) {
      if (!(error instanceof ShadowOvertaken)) throw error;
    }
  }
}

async function screenAll(
  { store, guards, now }: ScreenServices,
  operations: readonly MappedOperation[],
  judged: readonly JudgedOperation[],
): Promise<Screened> {
  const byPool = new Map<string, JudgedOperation[]>();
  for (const one of judged) byPool.set(one.pool, [...(byPool.get(one.pool) ?? []), one]);
  const rows: Shadow[] = [];
  for (const [pool, own] of byPool) rows.push(...(await store.getShadows(pool, knowledgeOf(own))));
  return screenOperations(operations, rows, { guards: { ...ALL_GUARDS, ...guards() }, nowMs: now() });
}

function tell({ log, onNote }: ScreenServices, { notes }: Screened): void {
  for (const note of notes) {
    onNote?.(note);
    if (note.outcome !== 'unchanged' || note.fields.length > 0)
      log.info(note, 'a change was not carried over as it came');
  }
}
