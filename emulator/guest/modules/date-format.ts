/** Dates as the preference "Date Format" writes them, and back. Server scripts run in the account server's zone: local getters are right. */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** Writes year, month and day by a preference such as `M/D/YYYY`, `DD-MON-YYYY`, `D MONTH, YYYY`. */
function writeDate({ year, month, day }: Parts, pattern: string): string {
  return pattern.replace(/YYYY|YY|MONTH|Month|MON|Mon|MM|M|DD|D/g, (token) => {
    if (token === 'YYYY') return String(year);
    if (token === 'YY') return two(year % 100);
    if (/^MONTH$/i.test(token)) return MONTHS[month - 1] ?? '';
    if (/^MON$/i.test(token)) return (MONTHS[month - 1] ?? '').slice(0, 3);
    if (token === 'MM') return two(month);
    if (token === 'M') return String(month);
    return token === 'DD' ? two(day) : String(day);
  });
}

function localParts(date: Date): Parts {
  return {
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
  };
}

/** The wall clock of a time zone at an instant. */
function zoneParts(date: Date, timeZone: string): Parts {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const found = Object.fromEntries(format.formatToParts(date).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second };
}

export const formatDate = (date: Date, pattern: string): string => writeDate(localParts(date), pattern);

const clock = ({ hour, minute, second }: Parts, withSeconds: boolean): string =>
  `${hour % 12 || 12}:${two(minute)}${withSeconds ? `:${two(second)}` : ''} ${hour < 12 ? 'am' : 'pm'}`;

export function formatDateTime(date: Date, pattern: string, timeZone: string | undefined): string {
  const parts = timeZone === undefined ? localParts(date) : zoneParts(date, timeZone);
  return `${writeDate(parts, pattern)} ${clock(parts, true)}`;
}

export const formatTimeOfDay = (date: Date): string => clock(localParts(date), false);

function readDate(text: string, pattern: string): Pick<Parts, 'year' | 'month' | 'day'> | undefined {
  const order: string[] = [];
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/YYYY|YY|MONTH|MON|MM|M|DD|D/gi, (token) => {
    order.push(token.toUpperCase());
    return /^(MONTH|MON)$/i.test(token) ? '([A-Za-z]+)' : /^Y/i.test(token) ? '(\\d{2,4})' : '(\\d{1,2})';
  });
  const match = new RegExp(`^${source}$`).exec(text.trim());
  if (!match) return undefined;
  const found = { year: NaN, month: NaN, day: NaN };
  order.forEach((token, index) => {
    const given = match[index + 1] ?? '';
    if (token.startsWith('Y')) found.year = given.length <= 2 ? 2000 + Number(given) : Number(given);
    else if (token === 'MON' || token === 'MONTH')
      found.month = MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === given.slice(0, 3).toLowerCase()) + 1;
    else if (token.startsWith('M')) found.month = Number(given);
    else found.day = Number(given);
  });
  const valid = found.month >= 1 && found.month <= 12 && found.day >= 1 && found.day <= 31;
  return valid ? found : undefined;
}

export function parseDate(text: string, pattern: string): Date | undefined {
  const found =
    readDate(text, pattern) ?? readDate(text.split(' ').slice(0, pattern.split(' ').length).join(' '), pattern);
  return found && new Date(found.year, found.month - 1, found.day);
}

export function parseDateTime(text: string, pattern: string, timeZone: string | undefined): Date | undefined {
  const match = /^(.*?)(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?)?$/i.exec(text.trim());
  const found = readDate(match?.[1] ?? '', pattern);
  if (!match || !found) return undefined;
  const half = match[5]?.toLowerCase();
  const given = Number(match[2] ?? 0);
  const hour = half === undefined ? given : (given % 12) + (half === 'pm' ? 12 : 0);
  const [minute, second] = [Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (timeZone === undefined) return new Date(found.year, found.month - 1, found.day, hour, minute, second);
  return instantOf({ ...found, hour, minute, second }, timeZone);
}

/** The instant at which a zone's clock shows these parts; two rounds settle it around a change of offset. */
function instantOf(parts: Parts, timeZone: string): Date {
  const wanted = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  let guess = wanted;
  for (let round = 0; round < 2; round++) {
    const shown = zoneParts(new Date(guess), timeZone);
    guess += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
  }
  return new Date(guess);
}
