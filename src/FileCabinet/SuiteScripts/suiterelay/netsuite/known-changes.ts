import { OUTBOX, OUTBOX_FIELDS as F } from '../outbox/outbox-fields';
import { latestByRecord, type KnownRow } from '../reconcile/known-changes';
import type { Row } from '../upsert/ports';
import { CIVIL_FORMAT, civilSince, type AccountClock } from '../reconcile/account-clock';
import { readRows } from './read-rows';
import { searchPage } from './search-rows';

/** SuiteQL hands out at most 5,000 rows at once (Oracle page section_158316295024). */
const PAGE = 5000;

/**
 * What the outbox tells of records since an instant, whether it waits or the relay has it: when each was captured last, and which were
 * deleted. Read in keyed windows, because rows come and go meanwhile. 10 units for 5,000 rows.
 */
export function knownChanges(since: Date, clock: AccountClock): ReadonlyMap<string, KnownRow> {
  const rows: Row[] = [];
  for (let after = '0'; ;) {
    const page = readPage(after, since, clock);
    rows.push(...page);
    const last = page.at(-1)?.[0];
    if (page.length < PAGE || last == null) break;
    after = last;
  }
  return latestByRecord(
    rows.map(([, recordType, recordId, kind, at]) => ({
      record: `${recordType ?? ''}/${recordId ?? ''}`,
      kind: kind ?? '',
      at: at ?? '',
    })),
  );
}

function readPage(after: string, since: Date, clock: AccountClock): Row[] {
  const columns = ['TO_CHAR(o.id)', `o.${F.type}`, `o.${F.record}`, `o.${F.kind}`, `o.${F.at}`].join(', ');
  const inner = `SELECT ${columns} FROM ${OUTBOX} o WHERE o.id > ? AND o.lastmodified >= TO_DATE(?, '${CIVIL_FORMAT}') ORDER BY o.id`;
  return readRows({
    sql: `SELECT * FROM (${inner}) WHERE ROWNUM <= ${PAGE}`,
    params: [Number(after), civilSince(since.toISOString(), clock)],
    search: () =>
      searchPage({
        type: OUTBOX,
        filters: [['internalidnumber', 'greaterthan', after]],
        columns: ['internalid', F.type, F.record, F.kind, F.at],
        limit: PAGE,
      }),
  });
}
