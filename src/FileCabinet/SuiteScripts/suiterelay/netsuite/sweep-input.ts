import log from 'N/log';
import type { ChangeData } from '../../../../../contract/change-event';
import { OUTBOX, OUTBOX_FIELDS as F, PENDING } from '../outbox/outbox-fields';
import { deletedRecord, missedChange, wasMissed } from '../reconcile/missed-change';
import { messageOf } from '../upsert/operation-failure';
import { deletionsSince } from './deleted-records';
import type { ModifiedRecord } from '../reconcile/modified-columns';
import { accountOffset, modifiedRecords } from './modified-records';
import { readRows } from './read-rows';
import { searchRows } from './search-rows';
import { numberParameter, textParameter } from './script-meter';

export interface SweepItem {
  kind: 'updated' | 'deleted';
  data: ChangeData;
}

const PAGE = 1000;

/** Everything that was changed in the period and that no User Event saw. Windows overlap: what waits already is left out. */
export function sweepInput(): SweepItem[] {
  // Up to a minute ahead: SuiteQL compares whole seconds, and the second under way belongs to the window.
  const to = new Date(Date.now() + 60_000);
  const minutes = numberParameter('custscript_srl_sweep_minutes', 90);
  const from = new Date(textParameter('custscript_srl_sweep_from') ?? to.getTime() - minutes * 60_000);
  const types = (textParameter('custscript_srl_sweep_types') ?? '').split(',').map((type) => type.trim());
  const wanted = types.filter((type) => type !== '');
  const waiting = waitingKeys();
  const items: SweepItem[] = [];
  for (const record of wanted.flatMap((type) => readType(type, from, to))) {
    const data = missedChange(record);
    if (wasMissed(record) && !waiting.has(`${record.recordType}/${record.internalId}`))
      items.push({ kind: 'updated', data });
  }
  for (const deletion of deletionsSince(from)) {
    const isWanted =
      wanted.includes(deletion.recordType) || (wanted.includes('item') && deletion.recordType.endsWith('item'));
    if (!isWanted || waiting.has(`${deletion.recordType}/${deletion.internalId}`)) continue;
    items.push({ kind: 'deleted', data: deletedRecord(deletion.recordType, deletion.internalId, to.toISOString()) });
  }
  return items;
}

/** A type that this account or role does not show must not stop the others. */
function readType(recordType: string, from: Date, to: Date): ModifiedRecord[] {
  try {
    const offsetMs = accountOffset();
    const found: ModifiedRecord[] = [];
    let after: string | undefined;
    for (;;) {
      const window = { from: from.toISOString(), to: to.toISOString(), after, limit: PAGE };
      const page = modifiedRecords(recordType, window, offsetMs);
      found.push(...page);
      after = page.at(-1)?.internalId;
      if (page.length < PAGE) return found;
    }
  } catch (refusal) {
    log.error({ title: `SuiteRelay: ${recordType} can't be swept`, details: messageOf(refusal) });
    return [];
  }
}

function waitingKeys(): Set<string> {
  const sql = `SELECT DISTINCT o.${F.type}, o.${F.record} FROM ${OUTBOX} o WHERE o.${F.state} = ?`;
  const rows = readRows({
    sql,
    params: [PENDING],
    search: () =>
      searchRows({
        type: OUTBOX,
        any: [{ field: F.state, operator: 'is', values: [PENDING] }],
        all: [],
        columns: [F.type, F.record],
      }),
  });
  return new Set(rows.map(([recordType, internalId]) => `${recordType ?? ''}/${internalId ?? ''}`));
}
