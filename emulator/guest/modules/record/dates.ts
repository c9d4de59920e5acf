/** Dates as the account's preference writes them: `M/D/YYYY`, `DD.MM.YYYY`, `D-Mon-YYYY`, `YYYY-MM-DD` … */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG = [
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
const TOKEN = /YYYY|MONTH|Month|Mon|MM|M|DD|D/g;
const two = (n: number): string => String(n).padStart(2, '0');

export function formatDate(date: Date, format: string): string {
  return format.replace(TOKEN, (token) => {
    switch (token) {
      case 'YYYY':
        return String(date.getFullYear());
      case 'MM':
        return two(date.getMonth() + 1);
      case 'M':
        return String(date.getMonth() + 1);
      case 'Mon':
        return MONTHS[date.getMonth()]!;
      case 'DD':
        return two(date.getDate());
      case 'D':
        return String(date.getDate());
      default:
        return LONG[date.getMonth()]!;
    }
  });
}

function monthOf(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  return 1 + MONTHS.findIndex((month) => text.toLowerCase().startsWith(month.toLowerCase()));
}

/** The day a text names in the given format, or undefined when it does not follow it. */
export function parseDate(text: string, format: string): Date | undefined {
  const order: string[] = [];
  const pattern = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(TOKEN, (token) => {
    order.push(token[0]!);
    return token === 'YYYY' ? '(\\d{4})' : /^M(on|ONTH|onth)/.test(token) ? '([A-Za-z]+)' : '(\\d{1,2})';
  });
  const match = new RegExp(`^\\s*${pattern}(?:\\s+.*)?$`).exec(text);
  if (!match) return undefined;
  const part = (letter: string): string => match[1 + order.indexOf(letter)] ?? '';
  const [year, month, day] = [Number(part('Y')), monthOf(part('M')), Number(part('D'))];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : undefined;
}

export const toDay = (date: Date): string =>
  `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

export function fromDay(day: string): Date {
  return new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
}

export const toTime = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`;

/** A time of day as a script sees it: that time on 1 January 1970. */
export function fromTime(time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(1970, 0, 1, hours, minutes);
}

export function formatTime(date: Date): string {
  const hours = date.getHours() % 12 || 12;
  return `${hours}:${two(date.getMinutes())} ${date.getHours() < 12 ? 'am' : 'pm'}`;
}

export function parseTime(text: string): string | undefined {
  const match = /^\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?\s*$/i.exec(text);
  if (!match) return undefined;
  const half = match[3]?.toLowerCase();
  const hours = half === 'pm' ? (Number(match[1]) % 12) + 12 : half === 'am' ? Number(match[1]) % 12 : Number(match[1]);
  return `${two(hours)}:${match[2]}`;
}
