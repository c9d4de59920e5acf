import log from 'N/log';
import type { ChangeData } from '../../../../../contract/change-event';
import type { AccountClock } from '../reconcile/account-clock';
import { deletedRecord, missedChange, SAVE_TAKES_MS, wasMissed } from '../reconcile/missed-change';
import type { ModifiedRecord } from '../reconcile/modified-columns';
import { messageOf } from '../upsert/operation-failure';
import { deletionsSince } from './deleted-records';
import { knownChanges } from './known-changes';
import { modifiedRecords } from './modified-records';
import { readAccountClock } from './read-account-clock';
import { numberParameter, textParameter } from './script-meter';
import { unansweredRequests } from './unanswered-requests';

export interface SweepItem {
  kind: 'updated' | 'deleted';
  data: ChangeData;
}

const PAGE = 1000;
const MINUTE_MS = 60_000;

/**
 * Everything that was changed in the period and that no User Event saw, and requests that the relay has not answered. Windows overlap:
 * what the outbox knows already is left out.
 */
export function sweepInput(): SweepItem[] {
  // Up to a minute ahead: SuiteQL compares whole seconds, and the second under way belongs to the window.
  const to = new Date(Date.now() + MINUTE_MS);
  const minutes = numberParameter('custscript_srl_sweep_minutes', 90);
  const from = new Date(textParameter('custscript_srl_sweep_from') ?? to.getTime() - minutes * MINUTE_MS);
  const types = (textParameter('custscript_srl_sweep_types') ?? '').split(',').map((type) => type.trim());
  const wanted = types.filter((type) => type !== '');
  const saveTakesMs = 1000 * numberParameter('custscript_srl_sweep_save', SAVE_TAKES_MS / 1000);
  const clock = readAccountClock();
  const known = knownChanges(from, clock);
  const items: SweepItem[] = [];
  for (const record of wanted.flatMap((type) => readType(type, from, to, clock))) {
    const row = known.get(`${record.recordType}/${record.internalId}`);
    if (wasMissed(record, row?.at ?? null, saveTakesMs)) items.push({ kind: 'updated', data: missedChange(record) });
  }
  for (const deletion of deletionsSince(from)) {
    const isWanted =
      wanted.includes(deletion.recordType) || (wanted.includes('item') && deletion.recordType.endsWith('item'));
    if (!isWanted || known.get(`${deletion.recordType}/${deletion.internalId}`)?.deleted === true) continue;
    items.push({ kind: 'deleted', data: deletedRecord(deletion.recordType, deletion.internalId, deletion.deletedAt) });
  }
  return [...items, ...unansweredRequests(known, new Date(), clock)];
}

/** A type that this account or role does not show must not stop the others. */
function readType(recordType: string, from: Date, to: Date, clock: AccountClock): ModifiedRecord[] {
  try {
    const found: ModifiedRecord[] = [];
    let after: string | undefined;
    for (;;) {
      const window = { from: from.toISOString(), to: to.toISOString(), after, limit: PAGE };
      const page = modifiedRecords(recordType, window, clock);
      found.push(...page.rows);
      after = page.after;
      if (after === undefined) return found;
    }
  } catch (refusal) {
    log.error({ title: `SuiteRelay: ${recordType} can't be swept`, details: messageOf(refusal) });
    return [];
  }
}
