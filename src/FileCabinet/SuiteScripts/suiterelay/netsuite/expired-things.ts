import file from 'N/file';
import format from 'N/format';
import record from 'N/record';
import { partPrefix, resultPrefix } from '../bulk/job-files';
import { OUTBOX, OUTBOX_FIELDS, SENT } from '../outbox/outbox-fields';
import { CIVIL_FORMAT, toCivil, type AccountClock } from '../reconcile/account-clock';
import { inChunks } from '../reconcile/in-chunks';
import { FAILURE } from '../upsert/failure-rows';
import { nameOf } from '../upsert/operation-failure';
import type { Row } from '../upsert/ports';
import { marks } from '../upsert/sql-branches';
import { findJobs, JOB, listFiles } from './job-store';
import { readAccountClock } from './read-account-clock';
import { readRows } from './read-rows';
import { numberParameter } from './script-meter';
import { searchPage } from './search-rows';

/** What one map invocation deletes. */
export interface Expired {
  type: string;
  ids: string[];
}

/** What may go once it has rested for long: what was sent, what was closed, loads that ended and loads that were never started. */
const KINDS: readonly { type: string; state: string; values: readonly string[]; together: number }[] = [
  // A row costs 4 units, a map invocation has 1,000.
  { type: OUTBOX, state: OUTBOX_FIELDS.state, values: [SENT], together: 100 },
  { type: FAILURE, state: 'custrecord_srl_fl_state', values: ['closed'], together: 100 },
  // A load takes its files with it, 20 units each.
  { type: JOB, state: 'custrecord_srl_jb_state', values: ['done', 'failed', 'open'], together: 1 },
];

const PAGE = 5000;
/** Of one kind in one night: 10 units for each page, and getInputData has 10,000. */
const MOST_PAGES = 100;
const DAY_MS = 86_400_000;

export function expiredThings(): Expired[] {
  const before = new Date(Date.now() - numberParameter('custscript_srl_keep_days', 30) * DAY_MS);
  const clock = readAccountClock();
  return KINDS.flatMap(({ type, state, values, together }) => {
    const ids: string[] = [];
    for (let page = 0, after = '0'; page < MOST_PAGES; page += 1) {
      const rows = readPage({ type, state, values }, before, clock, after);
      // A search of several states can't be asked for in one: it shows all rows that are old enough.
      ids.push(...rows.filter(([, found]) => values.includes(found ?? '')).flatMap(([id]) => id ?? []));
      after = rows.at(-1)?.[0] ?? after;
      if (rows.length < PAGE) break;
    }
    return inChunks(ids, together).map((some) => ({ type, ids: some }));
  });
}

function readPage(
  { type, state, values }: { type: string; state: string; values: readonly string[] },
  before: Date,
  clock: AccountClock,
  after: string,
): Row[] {
  const conditions = `x.${state} IN (${marks(values.length)}) AND x.lastmodified < TO_DATE(?, '${CIVIL_FORMAT}') AND x.id > ?`;
  return readRows({
    sql: `SELECT * FROM (SELECT TO_CHAR(x.id), x.${state} FROM ${type} x WHERE ${conditions} ORDER BY x.id) WHERE ROWNUM <= ${PAGE}`,
    params: [...values, toCivil(before.toISOString(), clock), Number(after)],
    search: () =>
      searchPage({
        type,
        filters: [
          ['lastmodified', 'before', format.format({ value: before, type: format.Type.DATETIME }) as string],
          ['internalidnumber', 'greaterthan', after],
        ],
        columns: ['internalid', state],
        limit: PAGE,
      }),
  });
}

/** A job's files go before its row, so that a lost invocation leaves nothing behind that nobody finds. */
export function deleteExpired({ type, ids }: Expired): void {
  for (const id of ids) {
    if (type === JOB) deleteJobFiles(id);
    try {
      record.delete({ type, id });
    } catch (refusal) {
      if (nameOf(refusal) !== 'RCRD_DSNT_EXIST') throw refusal;
    }
  }
}

function deleteJobFiles(jobId: string): void {
  const [job] = findJobs({ id: jobId });
  if (job === undefined) return;
  for (const prefix of [partPrefix(jobId), resultPrefix(jobId)]) {
    for (const { id } of listFiles(job.folder, prefix)) file.delete({ id });
  }
}
