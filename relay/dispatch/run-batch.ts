import type { UpsertAnswer } from '../../contract';
import { callUpsert, type CallFailure } from '../netsuite';
import { learnFromAnswers } from '../screening/learn-from-answers';
import { setAsideDamaged } from '../store/set-aside-damaged';
import type { SettleInput, TakenBatch } from '../store/types';
import { buildRequest, toWireOperation } from './build-request';
import type { Dispatch } from './dispatch';
import { fillFiles } from './fill-files';
import { settleAnswer } from './settle-answer';
import { settleFailure } from './settle-failure';
import { SEND_WITHIN_MS, type Stopwatch } from './stopwatch';

/** One call: build, send, settle each operation by what came back. `sinceTake` runs since the batch was asked for. */
export async function runBatch(dispatch: Dispatch, taken: TakenBatch, sinceTake: Stopwatch): Promise<SettleInput> {
  const { sound, damaged } = setAsideDamaged(taken, toWireOperation);
  if (damaged.length === 0) return send(dispatch, taken, sinceTake);
  dispatch.options.log.error({ batchId: taken.batchId, damaged: damaged.length }, 'stored operations can not be read');
  if (sound.operations.length > 0) {
    const sent = await send(dispatch, sound, sinceTake);
    return { ...sent, settlements: [...sent.settlements, ...damaged] };
  }
  const { token, slot, queues } = taken;
  const call = { status: null, units: null, ms: 0 };
  return { pool: dispatch.options.pool, token, slot, queues, settlements: damaged, call, slotUntil: null };
}

async function send(dispatch: Dispatch, batch: TakenBatch, sinceTake: Stopwatch): Promise<SettleInput> {
  const { pool, client, budget, timeouts, now } = dispatch.options;
  const begun = performance.now();
  const place = { pool, token: batch.token, slot: batch.slot, queues: batch.queues };
  const request = buildRequest(batch, budget);
  const lacking = await fillFiles(dispatch.files, batch, request, () => ({ nowMs: now(), backoff: dispatch.backoff }));
  if (lacking !== null) {
    const call = { status: null, code: 'FILE_NOT_READ', units: null, ms: 0 };
    return { ...place, settlements: lacking, call, slotUntil: null };
  }
  const called = await callUpsert(client, request, {
    answerMs: budget.ms + timeouts.answerMarginMs,
    stillInTime: () => sinceTake() <= SEND_WITHIN_MS,
  });
  if (!called.ok) return { ...place, ...(await settleLost(dispatch, batch, called.failure, begun, called.ms)) };

  const { results, usage } = called.answer;
  const deferred = results.filter(({ status }) => status === 'deferred').length;
  dispatch.sizing.answered(batch, usage, deferred);
  await dispatch.healthy();
  const issued = await whichAreOurs(
    dispatch,
    results.flatMap(({ status, stampedBy }) => (status === 'stale' && stampedBy ? [stampedBy] : [])),
  );
  if (madeAnew(batch, called.answer)) dispatch.options.onMadeAnew?.();
  dispatch.options.onCall?.({ batch, ok: true, ms: called.ms, units: usage.unitsUsed, deferred });
  const settlements = settleAnswer(batch, called.answer, {
    nowMs: now(),
    backoff: dispatch.backoff,
    issued: (opId) => issued.has(opId),
  });
  return {
    ...place,
    settlements,
    shadows: learnFromAnswers(pool, batch, called.answer, settlements, now()),
    call: { status: 200, units: usage.unitsUsed, ms: called.ms },
    slotUntil: null,
    pressure: { kind: 'ok' },
  };
}

/** Whether a record came to be that the cross-reference already knew an internal id of. */
function madeAnew({ operations }: TakenBatch, { results }: UpsertAnswer): boolean {
  const known = new Set(
    operations.flatMap(({ operationId, internalId }) => (internalId === null ? [] : [operationId])),
  );
  return results.some(({ opId, status }) => status === 'created' && known.has(opId));
}

async function settleLost(
  dispatch: Dispatch,
  batch: TakenBatch,
  failure: CallFailure,
  begun: number,
  ms: number,
): Promise<Omit<SettleInput, 'pool' | 'token' | 'slot' | 'queues'>> {
  const { budget, timeouts, now, onCall, log } = dispatch.options;
  const told = dispatch.seenAs(failure);
  const outage = told.kind === 'unknown' || told.kind === 'blocked' ? await dispatch.unanswered(told) : null;
  const outcome = settleFailure(batch, told, {
    nowMs: now(),
    // By the steady clock: the day's may have been set while the call was under way.
    sentAtMs: now() - Math.floor(performance.now() - begun),
    lateMs: budget.ms + timeouts.lateWriterMarginMs,
    backoff: dispatch.backoff,
    outage,
  });
  if (told.kind === 'ended' && told.class === 'throttle') dispatch.sizing.exceeded(batch.recordType);
  if (outcome.opensBreaker) await dispatch.unhealthy(told);
  onCall?.({ batch, ok: false, ms, units: null, deferred: 0, failure: told });
  log.warn(
    { batchId: batch.batchId, code: told.code, kind: told.kind, ms, operations: batch.operations.length },
    told.message,
  );
  return {
    settlements: outcome.settlements,
    call: { status: told.status, code: told.code, units: null, ms },
    slotUntil: outcome.slotUntil,
    pressure: outcome.pressure,
  };
}

async function whichAreOurs(dispatch: Dispatch, opIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    opIds.map(async (opId) => ((await dispatch.options.store.getOperation(opId)) ? opId : null)),
  );
  return new Set(found.filter((opId) => opId !== null));
}
