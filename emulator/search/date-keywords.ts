import { addMonths, civilToMs, DAY_MS, msToCivil } from '../suiteql/oracle/civil';
import { truncateDate } from '../suiteql/oracle/date-model';
import { type DayRange, period } from '../suiteql/oracle/relative-range';

/**
 * Named dates of search filters (page section_N3014217, "Search Date Filters"), as ranges of days: `today`, `lastWeek`, `thisMonthToDate`,
 * `daysAgo5`, `previousOneMonth`. Case does not matter. Fiscal periods follow the calendar year.
 */
type Unit = 'D' | 'W' | 'M' | 'Q' | 'H' | 'Y';
const UNITS: Record<string, Unit> = {
  day: 'D',
  week: 'W',
  month: 'M',
  quarter: 'Q',
  fiscalquarter: 'Q',
  half: 'H',
  fiscalhalf: 'H',
  year: 'Y',
  fiscalyear: 'Y',
};
const NUMBERS: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  ten: 10,
  thirty: 30,
  sixty: 60,
  ninety: 90,
};

const days = (civil: string, count: number): string => msToCivil(civilToMs(civil) + count * DAY_MS);
const single = (civil: string): DayRange => ({ start: civil, end: civil });

export function dateKeyword(keyword: string, now: string): DayRange | undefined {
  const today = truncateDate(now, 'DD');
  const word = keyword.toLowerCase().replace(/[\s_]/g, '');
  if (word === 'today') return single(today);
  if (word === 'yesterday') return single(days(today, -1));
  if (word === 'tomorrow') return single(days(today, 1));
  return away(word, today) ?? named(word, today) ?? rolling(word, today) ?? sameDay(word, today);
}

/** `daysago5`, `5daysago`, `fivedaysago`, `weeksfromnow2`. */
function away(word: string, today: string): DayRange | undefined {
  const found = /^(?:(\d+|[a-z]+?))?(day|week|month|quarter|year)s?(ago|fromnow)(\d+)?$/.exec(word);
  if (!found) return undefined;
  const count = Number(found[4] ?? NUMBERS[found[1] ?? ''] ?? found[1]);
  if (!Number.isInteger(count)) return undefined;
  const signed = found[3] === 'ago' ? -count : count;
  switch (found[2]) {
    case 'day':
      return single(days(today, signed));
    case 'week':
      return single(days(today, signed * 7));
    default:
      return single(
        addMonths(today, signed * { month: 1, quarter: 3, year: 12 }[found[2] as 'month' | 'quarter' | 'year']),
      );
  }
}

/** `thismonth`, `lastfiscalquartertodate`, `nextyear`, `monthbeforelast`, `weekafternext`. */
function named(word: string, today: string): DayRange | undefined {
  const plain =
    /^(this|last|next)(week|month|year|quarter|fiscalquarter|half|fiscalhalf|fiscalyear|businessweek)(todate)?$/.exec(
      word,
    );
  if (plain) {
    const business = plain[2] === 'businessweek';
    const unit = business ? 'W' : (UNITS[plain[2] as string] as Unit);
    const range = period(unit, { this: 0, last: -1, next: 1 }[plain[1] as 'this' | 'last' | 'next'], today);
    if (business) return { start: days(range.start, 1), end: days(range.end, -1) };
    return plain[3] ? toDate(range, unit, today) : range;
  }
  const before = /^(week|month|year|fiscalquarter|fiscalhalf|fiscalyear)beforelast(todate)?$/.exec(word);
  if (before) {
    const unit = UNITS[before[1] as string] as Unit;
    const range = period(unit, -2, today);
    return before[2] ? toDate(range, unit, today) : range;
  }
  const after = /^(week|month)afternext$/.exec(word);
  return after ? period(UNITS[after[1] as string] as Unit, 2, today) : undefined;
}

function toDate(range: DayRange, unit: Unit, today: string): DayRange {
  const elapsed = civilToMs(today) - civilToMs(period(unit, 0, today).start);
  return { start: range.start, end: msToCivil(Math.min(civilToMs(range.start) + elapsed, civilToMs(range.end))) };
}

/** `previousonemonth`, `lastrollingquarter`, `nextoneweek`. */
function rolling(word: string, today: string): DayRange | undefined {
  const found =
    /^(previousone|previousrolling|lastrolling|thisrolling|nextone)(day|week|month|quarter|half|year)$/.exec(word);
  if (!found) return undefined;
  const ahead = found[1] === 'nextone';
  const sign = ahead ? 1 : -1;
  const unit = found[2] as string;
  const other =
    unit === 'day' || unit === 'week'
      ? days(today, sign * (unit === 'day' ? 1 : 7))
      : addMonths(today, sign * { month: 1, quarter: 3, half: 6, year: 12 }[unit as 'month']);
  return ahead ? { start: today, end: other } : { start: other, end: today };
}

/** `samedaylastmonth`, `samedaylastweek`, `samedaylastfiscalyear`. */
function sameDay(word: string, today: string): DayRange | undefined {
  const found = /^sameday(last)?(week|month|fiscalquarter|fiscalyear)(beforelast)?$/.exec(word);
  if (!found) return undefined;
  const count = found[3] ? -2 : -1;
  const unit = found[2] as string;
  if (unit === 'week') return single(days(today, count * 7));
  return single(addMonths(today, count * { month: 1, fiscalquarter: 3, fiscalyear: 12 }[unit as 'month']));
}
