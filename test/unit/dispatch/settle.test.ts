import type { OperationResult, UpsertAnswer } from '../../../contract';
import { settleAnswer, type AnswerContext } from '../../../relay/dispatch/settle-answer';
import { settleFailure } from '../../../relay/dispatch/settle-failure';
import { HealthWatch, type Outage } from '../../../relay/dispatch/watch-health';
import type { CallFailure } from '../../../relay/netsuite';
import type { TakenBatch, TakenOperation } from '../../../relay/store/types';

const operation = (seq: number, more: Partial<TakenOperation> = {}): TakenOperation => ({
  seq,
  operationId: `op_${seq}`,
  recordKey: `A|entity|K${seq}`,
  version: '0000000000000001',
  attempt: 1,
  maxAttempts: 8,
  onFailure: 'hold',
  full: true,
  weight: 1,
  source: 's',
  object: 'Account',
  flow: null,
  crmId: null,
  traceId: 'a'.repeat(32),
  externalId: `K${seq}`,
  internalId: null,
  action: 'upsert',
  createdAt: 0,
  requiresUntil: 86_400_000,
  bisect: null,
  body: '{}',
  ...more,
});
const batchOf = (operations: TakenOperation[]): TakenBatch => ({
  token: 7,
  batchId: 'b',
  slot: 1,
  lane: 'realtime',
  recordType: 'customer',
  takenAt: 0,
  leaseUntil: 60_000,
  estimateMs: 1,
  probe: false,
  operations,
});
const answerOf = (results: Partial<OperationResult>[]): UpsertAnswer => ({
  contract: 1,
  batchId: 'b',
  results: results.map((result, at) => ({ opId: `op_${at + 1}`, status: 'created', warnings: [], ...result })),
  usage: { unitsUsed: 1, unitsLeft: 1, ms: 1, perOperation: [] },
});
const context: AnswerContext = {
  nowMs: 1_000,
  backoff: { firstMs: 500, longestMs: 60_000, random: () => 1 },
  issued: (opId) => opId.startsWith('op_'),
};
const settleOne = (result: Partial<OperationResult>, more: Partial<TakenOperation> = {}) =>
  settleAnswer(batchOf([operation(1, more)]), answerOf([result]), context)[0];
const failureOf = (more: Partial<CallFailure>): CallFailure => ({
  kind: 'unknown',
  class: 'transient',
  code: 'X',
  message: 'x',
  status: null,
  login: false,
  ...more,
});
const fail = (
  failure: Partial<CallFailure>,
  operations = [operation(1), operation(2), operation(3)],
  { nowMs = 1_000, outage = null }: { nowMs?: number; outage?: Outage | null } = {},
) =>
  settleFailure(batchOf(operations), failureOf(failure), {
    nowMs,
    sentAtMs: nowMs - 100,
    lateMs: 50_000,
    backoff: context.backoff,
    outage,
  });

test('what was handed back untouched is queued again and no attempt is counted', () => {
  expect(settleOne({ status: 'deferred' })).toEqual({ seq: 1, to: 'ready', counted: false, code: 'DEFERRED' });
});

test('a full projection that a newer one of ours overtook is done; a partial one goes to a person', () => {
  expect(settleOne({ status: 'stale', stampedBy: 'op_9' })).toMatchObject({ to: 'done', result: 'stale' });
  expect(settleOne({ status: 'stale', stampedBy: 'op_9' }, { full: false })).toMatchObject({
    to: 'review',
    code: 'STALE_PARTIAL',
  });
});

test('a stamp that this relay never issued is an alarm and never done', () => {
  expect(settleOne({ status: 'stale', stampedBy: 'stranger' })).toMatchObject({ to: 'review', code: 'FOREIGN_STAMP' });
});

test('a missing customer parks the order until the customer is applied, whatever the class says about retries', () => {
  const missing = [{ recordType: 'customer', externalId: 'SF_ACCT_1' }];
  const error = { code: 'MISSING_REQUIRED_RECORD', class: 'dependency' as const, message: 'no customer' };
  expect(settleOne({ status: 'failed', error, missing })).toMatchObject({ to: 'parked', missing, until: 86_400_000 });
});

test('a change of a record that does not exist goes to a person, and says so: it could only wait for itself', () => {
  const missing = [{ recordType: 'customer', externalId: 'K1' }];
  const error = { code: 'RECORD_NOT_FOUND', class: 'dependency' as const, message: 'no customer K1 to update' };
  expect(settleOne({ status: 'failed', error, missing })).toMatchObject({
    to: 'review',
    error: {
      code: 'RECORD_NOT_FOUND',
      message: 'no customer K1 to update',
      action: expect.stringContaining('creates'),
    },
  });
});

test('wrong data is final at once, keeps its field, and says what to do', () => {
  const error = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'no item X', field: 'item[1].item' };
  expect(settleOne({ status: 'failed', error })).toMatchObject({
    to: 'review',
    error: { field: 'item[1].item', action: expect.stringContaining('item') },
  });
  expect(settleOne({ status: 'failed', error }, { onFailure: 'release' })).toMatchObject({ to: 'dead' });
});

test('what passes by itself is tried again with a counted attempt, until they are used up', () => {
  const error = { code: 'UNEXPECTED_ERROR', class: 'transient' as const, message: 'oops' };
  expect(settleOne({ status: 'failed', error })).toMatchObject({ to: 'waiting', counted: true, runAt: 1_500 });
  expect(settleOne({ status: 'failed', error }, { attempt: 8 })).toMatchObject({
    to: 'review',
    error: { message: expect.stringContaining('8 attempts') },
  });
});

test('an operation that the answer forgot is not taken for done', () => {
  expect(settleAnswer(batchOf([operation(1), operation(2)]), answerOf([{}]), context)[1]).toMatchObject({
    to: 'waiting',
    code: 'NO_RESULT',
  });
});

test('a lost answer keeps slot and successors waiting until the last possible write is over', () => {
  const outcome = fail({ kind: 'unknown' });
  expect(outcome.slotUntil).toBe(50_900);
  expect(outcome.settlements).toHaveLength(3);
  expect(outcome.settlements.every((one) => one.to === 'unknown' && one.lateUntil === 50_900)).toBe(true);
});

test('an account over its limit costs no attempt and passes its Retry-After on', () => {
  const outcome = fail({ kind: 'refused', class: 'throttle', code: 'SSS_REQUEST_LIMIT_EXCEEDED', retryAfterMs: 3_000 });
  expect(outcome.pressure).toEqual({ kind: 'throttled', retryAfterMs: 3_000 });
  expect(outcome.settlements.every((one) => one.to === 'ready' && !one.counted)).toBe(true);
});

test('refused credentials blame no operation and open the breaker', () => {
  const outcome = fail({ kind: 'refused', class: 'permission', login: true });
  expect(outcome.opensBreaker).toBe(true);
  expect(outcome.settlements.every((one) => one.to === 'ready' && !one.counted)).toBe(true);
});

test('a poisoned batch is halved until the one at fault stands alone, and only that one ends', () => {
  const groups = fail({ kind: 'ended', class: 'unknown', code: 'TypeError' }).settlements.map((one) =>
    one.to === 'ready' ? one.bisect : null,
  );
  expect(groups).toEqual([14, 14, 15]);
  expect(fail({ kind: 'ended', class: 'unknown', code: 'TypeError' }, [operation(1)]).settlements[0]).toMatchObject({
    to: 'review',
  });
});

describe('what a filter before the account turned away', () => {
  const blocked = { kind: 'blocked' as const, class: 'permission' as const, code: 'HTTP_403' };
  const known: Outage = { breaker: { state: 'open', until: 9_000, reason: null }, wasKnown: true };

  test('is halved until the one at fault stands alone, which ends when its attempts are used up', () => {
    expect(fail(blocked).settlements.map((one) => one.to === 'ready' && one.bisect)).toEqual([14, 14, 15]);
    expect(fail(blocked, [operation(1)]).settlements).toMatchObject([{ to: 'waiting', counted: true }]);
    expect(fail(blocked, [operation(1, { attempt: 8 })]).settlements).toMatchObject([{ to: 'review' }]);
  });

  test('stops no calls for good and blames no operation while all are: what was turned away goes after others', () => {
    const outcome = fail(blocked, [operation(1, { attempt: 8, bisect: 14 })], { outage: known });
    expect(outcome).toMatchObject({ slotUntil: null, opensBreaker: false });
    expect(outcome.settlements).toMatchObject([{ to: 'waiting', counted: false, runAt: 9_500, bisect: 14 }]);
    const day = { nowMs: 24 * 3_600_000, outage: known };
    expect(fail(blocked, [operation(1, { attempt: 8 })], day).settlements).toMatchObject([{ to: 'review' }]);
  });
});

test('a call that came too late to be sent burns no attempt and blames no one', () => {
  const late = failureOf({ kind: 'late', code: 'LEASE_TOO_OLD' });
  const told = settleFailure(batchOf([operation(1)]), late, { ...context, sentAtMs: 0, lateMs: 50_000, outage: null });
  expect(told).toMatchObject({ slotUntil: null, opensBreaker: false, settlements: [{ to: 'ready', counted: false }] });
});

describe('an outage', () => {
  const lost = failureOf({ code: 'HTTP_503', status: 503 });
  const outageAfter = (calls: number, failure = lost): Outage | null => {
    const health = new HealthWatch();
    return Array.from({ length: calls }, () => health.lost(failure, 1_000)).at(-1) ?? null;
  };

  test('one lost call, or two, say nothing of the account; from the third on calls are stopped, ever longer', () => {
    expect([1, 2].map((calls) => outageAfter(calls))).toEqual([null, null]);
    expect(outageAfter(3)).toMatchObject({ breaker: { state: 'open', until: 2_000 }, wasKnown: false });
    expect(outageAfter(6)).toMatchObject({ breaker: { until: 9_000 }, wasKnown: true });
    expect(outageAfter(100)).toMatchObject({ breaker: { until: 301_000 } });
  });

  test('a call that is answered begins the count anew', () => {
    const health = new HealthWatch();
    for (let calls = 0; calls < 5; calls++) {
      expect([health.lost(lost, 1_000), health.lost(lost, 1_000)]).toEqual([null, null]);
      health.succeeded(1_000);
    }
  });

  test('an answer that says how long to stay away is believed at once, and its operations wait as long', () => {
    const away = failureOf({ code: 'HTTP_503', status: 503, retryAfterMs: 120_000 });
    expect(outageAfter(1, away)).toMatchObject({ breaker: { until: 121_000 }, wasKnown: false });
    const [settled] = fail({ retryAfterMs: 120_000 }).settlements;
    expect(settled).toMatchObject({ to: 'unknown', runAt: 121_000 });
  });

  test('costs no attempt once it is known, and what failed then goes after all others', () => {
    const known = { outage: outageAfter(5) };
    const [settled] = fail({}, [operation(1, { attempt: 2, maxAttempts: 2 })], known).settlements;
    expect(settled).toMatchObject({ to: 'unknown', counted: false, runAt: 5_500, lateUntil: 50_900 });
  });

  test('excuses an operation for a day: after that it may be the cause', () => {
    const day = 24 * 3_600_000;
    const known = { nowMs: day, outage: outageAfter(5) };
    expect(fail({}, [operation(1, { attempt: 8 })], known).settlements).toMatchObject([{ to: 'review' }]);
    expect(fail({}, [operation(1, { attempt: 8, createdAt: 1 })], known).settlements).toMatchObject([
      { to: 'unknown', counted: false },
    ]);
  });
});
