import type { DirectRecord, UpsertAnswer } from '../../contract';
import { hashOf, knowledgeKey } from '../../flows/conflict/knowledge';
import { learnFromAnswer } from '../../flows/conflict/learn-from-netsuite';
import type { Settlement, ShadowWrite, TakenBatch } from '../store/types';
import { SIDES } from './screening';

/** What NetSuite is known to hold after a call: the content of the operations it applied, each under its flow and record. */
export function learnFromAnswers(
  pool: string,
  batch: TakenBatch,
  answer: UpsertAnswer,
  settlements: readonly Settlement[],
  nowMs: number,
): ShadowWrite[] {
  const done = new Set(settlements.filter(({ to }) => to === 'done').map(({ seq }) => seq));
  const results = new Map(answer.results.map((result) => [result.opId, result]));
  return batch.operations.flatMap(({ seq, flow, externalId, operationId, body }) => {
    const result = results.get(operationId);
    if (flow === null || result === undefined || !done.has(seq)) return [];
    const known = learnFromAnswer(JSON.parse(body) as DirectRecord, result, nowMs);
    if (known === null) return [];
    const projection = { ...known };
    const key = knowledgeKey(flow, externalId);
    const knownSince = batch.takenAt;
    return [{ pool, side: SIDES.netsuite, key, projection, hash: hashOf(projection), origin: operationId, knownSince }];
  });
}
