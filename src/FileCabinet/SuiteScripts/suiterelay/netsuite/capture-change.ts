import cache from 'N/cache';
import log from 'N/log';
import record from 'N/record';
import runtime from 'N/runtime';
import type { EntryPoints } from 'N/types';
import { rowBody } from '../outbox/row-body';
import { describeChange } from '../outbox/describe-change';
import type { Snapshot } from '../outbox/compare-snapshots';
import { FAILURE } from '../upsert/failure-rows';
import { messageOf } from '../upsert/operation-failure';
import { SEEN, stampFields } from '../upsert/stamps';
import { captureRequest } from './capture-request';
import { addOutboxRow } from './outbox-port';
import { snapshotOf } from './snapshot';

type Context = EntryPoints.UserEvent.afterSubmitContext;

/** Writes the outbox row of a save. Whatever goes wrong here never reaches the user: the save stands, and the sweep finds the change. */
export function captureChange(context: Context): void {
  try {
    capture(context);
  } catch (refusal) {
    const lost = countLost();
    if (isWorthALog(lost))
      log.error({ title: 'SuiteRelay: a change was not captured', details: `${messageOf(refusal)} (${lost} so far)` });
    leaveForSweep(context);
  }
}

function capture(context: Context): void {
  const { newRecord, oldRecord, type, UserEventType } = context;
  if (String(newRecord.type) === FAILURE) {
    captureRequest(context);
    return;
  }
  const deleted = type === UserEventType.DELETE;
  const before = oldRecord == null ? null : snapshotOf(oldRecord);
  const seen = deleted && before !== null ? before : snapshotOf(newRecord, before === null);
  const after = before === null ? seen : overlay(before, seen, type === UserEventType.XEDIT);
  const now = new Date();
  const recordType = String(newRecord.type);
  const externalId = after.fields['externalid'];
  const kind = deleted ? 'deleted' : before === null ? 'created' : 'updated';
  const data = describeChange({
    recordType,
    internalId: String(newRecord.id),
    externalId: typeof externalId === 'string' && externalId !== '' ? externalId : null,
    before,
    after,
    kind,
    context: String(runtime.executionContext),
    user: String(runtime.getCurrentUser().id),
    now,
  });
  if (data === null) return;
  const row = {
    recordType,
    recordId: data.internalId,
    kind,
    at: now.toISOString(),
    body: rowBody(data),
  } as const;
  addOutboxRow(row, data.origin.opId);
}

/** An inline edit shows the edited fields alone (xedit), and no lines; everything else is as it was. */
const overlay = (before: Snapshot, seen: Snapshot, inline: boolean): Snapshot => ({
  fields: { ...before.fields, ...seen.fields },
  lines: inline ? before.lines : { ...before.lines, ...seen.lines },
});

/** Takes the mark back that says "captured", so that the sweep emits the change. A User Event's own save fires no other. */
function leaveForSweep({ newRecord, type, UserEventType }: Context): void {
  const field = stampFields(String(newRecord.type));
  if (field === null || newRecord.id === null || type === UserEventType.DELETE) return;
  try {
    record.submitFields({ type: String(newRecord.type), id: newRecord.id, values: { [field(SEEN)]: '' } });
  } catch {
    // The count above tells that something is missing; reconciliation proves what.
  }
}

export const LOST_CACHE = { name: 'srl_lost', key: 'rows' } as const;

/** Lost rows are counted where every script can see them; the count is a hint, the sweep is the proof. Answers how many it were. */
function countLost(): number {
  try {
    const counter = cache.getCache({ name: LOST_CACHE.name, scope: cache.Scope.PUBLIC });
    const lost = Number(counter.get({ key: LOST_CACHE.key }) ?? 0) + 1;
    counter.put({ key: LOST_CACHE.key, value: String(lost) });
    return lost;
  } catch {
    return 0;
  }
}

/**
 * A company has 100,000 log calls an hour, after which NetSuite raises log levels for everybody's scripts (Oracle page section_N3352137):
 * a fault that meets every save of a large import must not use them up.
 */
const isWorthALog = (lost: number): boolean => lost <= 20 || lost % 100 === 0;
