import format from 'N/format';
import query from 'N/query';
import { accountClock, CIVIL_FORMAT, type AccountClock } from '../reconcile/account-clock';
import { textOf } from '../upsert/normalise';
import { queries } from './query-port';

/** The account's clock as SuiteQL shows it. 10 units; none where SuiteQL is not used. */
export function readAccountClock(): AccountClock {
  const nowMs = Date.now();
  // Searches show date-times in the user's own zone and read them back in it.
  if (queries.mode() === 'search') return { nowMs, zone: () => 0 };
  const [row] = query.runSuiteQL({ query: `SELECT TO_CHAR(SYSDATE, '${CIVIL_FORMAT}') FROM DUAL` }).results;
  return accountClock(textOf(row?.values[0]), nowMs, [userZone, serverZone]);
}

/** The zone of the role's user, which is the company's unless somebody chose another: what a date-time reads as in it, read as Greenwich time. */
function userZone(atMs: number): number {
  const { DATETIME, DATETIMETZ } = format.Type;
  const shown: unknown = format.format({ value: new Date(atMs), type: DATETIME });
  return atMs - Number(format.parse({ value: textOf(shown), type: DATETIMETZ, timezone: format.Timezone.GMT }));
}

/** The zone of the servers that run scripts. */
const serverZone = (atMs: number): number => new Date(atMs).getTimezoneOffset() * 60_000;
