import format from 'N/format';
import { requestedChange } from '../outbox/requested-change';
import { CIVIL_FORMAT, toCivil, type AccountClock } from '../reconcile/account-clock';
import type { KnownRow } from '../reconcile/known-changes';
import { FAILURE } from '../upsert/failure-rows';
import type { Row } from '../upsert/ports';
import { readRows } from './read-rows';
import { searchPage } from './search-rows';
import type { SweepItem } from './sweep-input';

/** How long the relay may take to answer before it is asked once more. */
const PATIENCE_MS = 30 * 60_000;
const MOST = 1000;

/** Requests of administrators that have stood on their failure rows for long: their event or its answer was lost. 10 units. */
export function unansweredRequests(known: ReadonlyMap<string, KnownRow>, now: Date, clock: AccountClock): SweepItem[] {
  const askedBefore = new Date(now.getTime() - PATIENCE_MS);
  return standingRequests(askedBefore, clock).flatMap(([id, opId, key, action, note]): SweepItem[] => {
    if (known.has(`${FAILURE}/${id ?? ''}`)) return [];
    const row = { id: id ?? '', opId: opId ?? '', key: key ?? '', action: action ?? '', note: note ?? '' };
    const data = requestedChange(row, 'SWEEP', null, now);
    return data === null ? [] : [{ kind: 'updated', data }];
  });
}

const ACTION = 'custrecord_srl_fl_action';
const COLUMNS = ['custrecord_srl_fl_op', 'custrecord_srl_fl_key', ACTION, 'custrecord_srl_fl_note'] as const;

/** Id, operation, key, name of the action, note. */
function standingRequests(askedBefore: Date, clock: AccountClock): Row[] {
  const shown = COLUMNS.map((name) => (name === ACTION ? `BUILTIN.DF(f.${name})` : `f.${name}`)).join(', ');
  const inner =
    `SELECT TO_CHAR(f.id), ${shown} FROM ${FAILURE} f WHERE f.${ACTION} IS NOT NULL ` +
    `AND f.lastmodified < TO_DATE(?, '${CIVIL_FORMAT}') ORDER BY f.id`;
  return readRows({
    sql: `SELECT * FROM (${inner}) WHERE ROWNUM <= ${MOST}`,
    params: [toCivil(askedBefore.toISOString(), clock)],
    search: () => searchStanding(askedBefore),
  });
}

function searchStanding(askedBefore: Date): Row[] {
  const before = format.format({ value: askedBefore, type: format.Type.DATETIME }) as string;
  const actions = new Map(
    searchPage({
      type: 'customlist_srl_action',
      filters: [['isinactive', 'is', 'F']],
      columns: ['internalid', 'name'],
      limit: MOST,
    }).map(([id, name]) => [id, name ?? null]),
  );
  return searchPage({
    type: FAILURE,
    filters: [
      [ACTION, 'noneof', '@NONE@'],
      ['lastmodified', 'before', before],
    ],
    columns: ['internalid', ...COLUMNS],
    limit: MOST,
  }).map((row) => row.map((value, at) => (COLUMNS[at - 1] === ACTION ? (actions.get(value) ?? null) : value)));
}
