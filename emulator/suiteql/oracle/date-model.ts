import { invalidValue } from '../syntax/errors';
import { addMonths, civilToMs, DAY_MS, msToCivil, MONTHS } from './civil';

/** Oracle date format models: TO_CHAR(date, model), TO_DATE(text, model), TRUNC and ROUND by unit. */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ELEMENTS =
  /"[^"]*"|FM|Y,YYY|YYYY|RRRR|IYYY|YEAR|YYY|YY|RR|Y|MONTH|MON|MM|DDD|DD|DAY|DY|D|HH24|HH12|HH|MISS|MI|SSSSS|SS|FF\d?|A\.M\.|P\.M\.|AM|PM|Q|IW|WW|W|J|TZH:TZM|TZR|./gis;

const models = new Map<string, string[]>();

/** A query uses one model for thousands of rows. */
export function elementsOf(model: string): string[] {
  let elements = models.get(model);
  if (!elements) {
    if (models.size > 100) models.clear();
    models.set(model, (elements = model.match(ELEMENTS) ?? []));
  }
  return elements;
}

const two = (value: number): string => String(value).padStart(2, '0');

function inCaseOf(element: string, text: string): string {
  if (element === element.toUpperCase()) return text.toUpperCase();
  return element.charAt(0) === element.charAt(0).toUpperCase() ? text : text.toLowerCase();
}

export function dateToChar(civil: string, model: string): string {
  const date = new Date(civilToMs(civil));
  let fill = true;
  let text = '';
  for (const element of elementsOf(model)) {
    if (element.toUpperCase() === 'FM') fill = !fill;
    else text += renderElement(date, element, fill);
  }
  return text;
}

function renderElement(date: Date, element: string, fill: boolean): string {
  const upper = element.toUpperCase();
  if (element.startsWith('"')) return element.slice(1, -1);
  const number = numericElement(date, upper);
  if (number !== null) return fill ? number : String(Number(number));
  const pad = (text: string, width: number): string => (fill ? text.padEnd(width) : text);
  switch (upper) {
    case 'MONTH':
      return pad(inCaseOf(element, MONTHS[date.getUTCMonth()] ?? ''), 9);
    case 'MON':
      return inCaseOf(element, (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3));
    case 'DAY':
      return pad(inCaseOf(element, DAYS[date.getUTCDay()] ?? ''), 9);
    case 'DY':
      return inCaseOf(element, (DAYS[date.getUTCDay()] ?? '').slice(0, 3));
    case 'AM':
    case 'PM':
      return inCaseOf(element, date.getUTCHours() < 12 ? 'AM' : 'PM');
    case 'A.M.':
    case 'P.M.':
      return inCaseOf(element, date.getUTCHours() < 12 ? 'A.M.' : 'P.M.');
    default:
      if (/^[a-z]/i.test(element)) throw invalidValue(`ORA-01821: date format not recognized: ${element}`);
      return element;
  }
}

function numericElement(date: Date, element: string): string | null {
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const hour = date.getUTCHours();
  const dayOfYear = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
  const numbers: Record<string, () => string> = {
    YYYY: () => year,
    'Y,YYY': () => `${year[0]},${year.slice(1)}`,
    RRRR: () => year,
    YYY: () => year.slice(1),
    YY: () => year.slice(2),
    RR: () => year.slice(2),
    Y: () => year.slice(3),
    IYYY: () => String(isoWeek(date).year),
    MM: () => two(date.getUTCMonth() + 1),
    DD: () => two(date.getUTCDate()),
    DDD: () => String(dayOfYear).padStart(3, '0'),
    D: () => String(date.getUTCDay() + 1),
    HH24: () => two(hour),
    HH: () => two(hour % 12 || 12),
    HH12: () => two(hour % 12 || 12),
    MI: () => two(date.getUTCMinutes()),
    MISS: () => two(date.getUTCMinutes()) + two(date.getUTCSeconds()),
    SS: () => two(date.getUTCSeconds()),
    SSSSS: () => String(Math.floor((date.getTime() % DAY_MS) / 1000)).padStart(5, '0'),
    Q: () => String(Math.floor(date.getUTCMonth() / 3) + 1),
    IW: () => two(isoWeek(date).week),
    WW: () => two(Math.floor((dayOfYear - 1) / 7) + 1),
    W: () => String(Math.floor((date.getUTCDate() - 1) / 7) + 1),
    J: () => String(Math.floor(date.getTime() / DAY_MS) + 2_440_588),
  };
  if (/^FF\d?$/.test(element)) return '0'.repeat(Number(element[2] ?? '6'));
  return numbers[element]?.() ?? null;
}

function isoWeek(date: Date): { year: number; week: number } {
  const day = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() - (day - 3) * DAY_MS);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7) + 1 };
}

/** TRUNC(date, unit). */
export function truncateDate(civil: string, unit: string): string {
  const date = new Date(civilToMs(civil));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const day = Math.floor(date.getTime() / DAY_MS) * DAY_MS;
  switch (unit.toUpperCase()) {
    case 'DD':
    case 'DDD':
    case 'J':
      return msToCivil(day);
    case 'MM':
    case 'MON':
    case 'MONTH':
      return msToCivil(Date.UTC(year, month, 1));
    case 'Q':
      return msToCivil(Date.UTC(year, month - (month % 3), 1));
    case 'Y':
    case 'YY':
    case 'YYY':
    case 'YYYY':
    case 'YEAR':
    case 'SYYYY':
      return msToCivil(Date.UTC(year, 0, 1));
    case 'D':
    case 'DAY':
    case 'DY':
      return msToCivil(day - date.getUTCDay() * DAY_MS);
    case 'IW':
      return msToCivil(day - ((date.getUTCDay() + 6) % 7) * DAY_MS);
    case 'WW':
      return msToCivil(day - (((new Date(day).getTime() - Date.UTC(year, 0, 1)) / DAY_MS) % 7) * DAY_MS);
    case 'HH':
    case 'HH12':
    case 'HH24':
      return msToCivil(Math.floor(date.getTime() / 3_600_000) * 3_600_000);
    case 'MI':
      return msToCivil(Math.floor(date.getTime() / 60_000) * 60_000);
    default:
      throw invalidValue(`ORA-01898: too many precision specifiers: ${unit}`);
  }
}

/** ROUND(date, unit): to the nearer of the two truncations; months turn on the 16th, quarters on that of their second month, years on July 1st. */
export function roundDate(civil: string, unit: string): string {
  const down = truncateDate(civil, unit);
  const upper = unit.toUpperCase();
  if (/^(MM|MON|MONTH)$/.test(upper))
    return Number(civil.slice(8, 10)) >= 16 ? truncateDate(msToCivil(civilToMs(down) + 31 * DAY_MS), 'MM') : down;
  if (/^(Y+|YEAR|SYYYY)$/.test(upper))
    return Number(civil.slice(5, 7)) >= 7 ? truncateDate(msToCivil(civilToMs(down) + 366 * DAY_MS), 'Y') : down;
  if (upper === 'Q') return roundQuarter(civil, down);
  const step = upper.startsWith('HH')
    ? 3_600_000
    : upper === 'MI'
      ? 60_000
      : /^(D|DAY|DY|IW|WW)$/.test(upper)
        ? 7 * DAY_MS
        : DAY_MS;
  return civilToMs(civil) - civilToMs(down) >= step / 2 ? msToCivil(civilToMs(down) + step) : down;
}

/** Up from the 16th day of a quarter's second month on. */
function roundQuarter(civil: string, down: string): string {
  const second = addMonths(down, 1);
  return civilToMs(civil) >= civilToMs(second) + 15 * DAY_MS ? addMonths(down, 3) : down;
}

export function nextDay(civil: string, weekday: string): string {
  const index = DAYS.findIndex((name) => weekday.length >= 3 && name.toLowerCase().startsWith(weekday.toLowerCase()));
  if (index < 0) throw invalidValue(`ORA-01846: not a valid day of the week: ${weekday}`);
  const ms = civilToMs(civil);
  const ahead = (index - new Date(ms).getUTCDay() + 7) % 7 || 7;
  return msToCivil(ms + ahead * DAY_MS);
}
