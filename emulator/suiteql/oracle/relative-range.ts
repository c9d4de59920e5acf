import { addMonths, civilToMs, DAY_MS, msToCivil } from './civil';
import { truncateDate } from './date-model';

/** A range of days, both edges at midnight; `end` is the last day itself. */
export interface DayRange {
  start: string;
  end: string;
}

const days = (civil: string, count: number): string => msToCivil(civilToMs(civil) + count * DAY_MS);
const WEEK = 7;

type Unit = 'D' | 'W' | 'M' | 'Q' | 'H' | 'Y';
const MONTHS: Record<Unit, number> = { D: 0, W: 0, M: 1, Q: 3, H: 6, Y: 12 };

function startOf(civil: string, unit: Unit): string {
  if (unit === 'D') return truncateDate(civil, 'DD');
  if (unit === 'W') return truncateDate(civil, 'D');
  if (unit === 'H')
    return Number(civil.slice(5, 7)) > 6
      ? `${civil.slice(0, 4)}-07-01 00:00:00`
      : `${civil.slice(0, 4)}-01-01 00:00:00`;
  return truncateDate(civil, unit === 'M' ? 'MM' : unit === 'Q' ? 'Q' : 'Y');
}

/** The period of that unit `offset` periods away from today; fiscal years are taken as calendar years. */
export function period(unit: Unit, offset: number, today: string): DayRange {
  const step = unit === 'D' ? 1 : WEEK;
  const base = startOf(today, unit);
  const start = MONTHS[unit] > 0 ? addMonths(base, offset * MONTHS[unit]) : days(base, offset * step);
  const next = MONTHS[unit] > 0 ? addMonths(start, MONTHS[unit]) : days(start, step);
  return { start, end: days(next, -1) };
}

const toDate = (range: DayRange, unit: Unit, today: string): DayRange => {
  const elapsed = civilToMs(truncateDate(today, 'DD')) - civilToMs(startOf(today, unit));
  return { start: range.start, end: msToCivil(Math.min(civilToMs(range.start) + elapsed, civilToMs(range.end))) };
};

const UNITS: Record<string, Unit> = { W: 'W', M: 'M', Y: 'Y', FQ: 'Q', FH: 'H', FY: 'Y' };

/** Codes of query.RelativeDateRange as BUILTIN.RELATIVE_RANGES takes them; undefined for what is not known. */
export function relativeRange(code: string, now: string): DayRange | undefined {
  const today = truncateDate(now, 'DD');
  const upper = code.toUpperCase();
  const single = (offset: number): DayRange => ({ start: days(today, offset), end: days(today, offset) });
  if (upper === 'TODAY') return single(0);
  if (upper === 'YESTERDAY') return single(-1);
  if (upper === 'TOMORROW') return single(1);
  const away = /^(DAGO|DFN)(\d+)$/.exec(upper);
  if (away) return single((away[1] === 'DAGO' ? -1 : 1) * Number(away[2]));
  if (upper === 'TODAYTTM') return { start: today, end: period('M', 0, today).end };
  const plain = /^([TLN])(W|M|Y|FQ|FH|FY)(TD)?$/.exec(upper);
  if (plain) {
    const unit = UNITS[plain[2] as string] as Unit;
    const range = period(unit, { T: 0, L: -1, N: 1 }[plain[1] as 'T' | 'L' | 'N'], today);
    return plain[3] ? toDate(range, unit, today) : range;
  }
  const before = /^(W|M|Y|FQ|FH|FY|OY)BL(TD)?$/.exec(upper);
  if (before) {
    const unit = UNITS[(before[1] as string).replace('OY', 'Y')] as Unit;
    const range = period(unit, -2, today);
    return before[2] ? toDate(range, unit, today) : range;
  }
  const after = /^(W|M)AN$/.exec(upper);
  if (after) return period(after[1] as Unit, 2, today);
  return rolling(upper, today);
}

/** "Previous one …", "last rolling …", "next one …". */
function rolling(code: string, today: string): DayRange | undefined {
  const back: Record<string, string> = {
    OW: days(today, -WEEK),
    OM: addMonths(today, -1),
    OQ: addMonths(today, -3),
    OH: addMonths(today, -6),
    OY: addMonths(today, -12),
    OD: days(today, -1),
  };
  const last: Record<string, string> = {
    LRQ: addMonths(today, -3),
    LRH: addMonths(today, -6),
    LRY: addMonths(today, -12),
  };
  const start = back[code] ?? last[code];
  if (start !== undefined) return { start, end: today };
  const ahead: Record<string, string> = {
    NOW: days(today, WEEK),
    NOM: addMonths(today, 1),
    NOQ: addMonths(today, 3),
    NOH: addMonths(today, 6),
    NOY: addMonths(today, 12),
    N4W: days(today, 28),
  };
  const end = ahead[code];
  return end === undefined ? undefined : { start: today, end };
}
