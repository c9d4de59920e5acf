import { daysInMonth, MONTHS } from './civil';

/** Dates as people of the account write them: preference "Date Format" (`M/D/YYYY` is NetSuite's default) and `h:mm a` for times. */
const TOKENS = /MONTH|Month|MON|Mon|MM|M|DD|D|YYYY|YY/g;
const TIME = /^\s*(\d{1,2})[:\-.](\d{2})(?:[:\-.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*$/i;

export function formatDate(civil: string, format: string): string {
  const [year, month, day] = [civil.slice(0, 4), Number(civil.slice(5, 7)), Number(civil.slice(8, 10))];
  const name = MONTHS[month - 1] ?? '';
  return format.replace(TOKENS, (token) => {
    switch (token) {
      case 'YYYY':
        return year;
      case 'YY':
        return year.slice(2);
      case 'MM':
        return String(month).padStart(2, '0');
      case 'M':
        return String(month);
      case 'DD':
        return String(day).padStart(2, '0');
      case 'D':
        return String(day);
      case 'MON':
        return name.slice(0, 3).toUpperCase();
      case 'Mon':
        return name.slice(0, 3);
      default:
        return name;
    }
  });
}

/** `3:05 am` */
export function formatTime(civil: string): string {
  const hour = Number(civil.slice(11, 13));
  return `${hour % 12 === 0 ? 12 : hour % 12}:${civil.slice(14, 16)} ${hour < 12 ? 'am' : 'pm'}`;
}

/** Civil form of what a person wrote, with or without a time; null when it is no date in this format. */
export function parseDate(text: string, format: string): string | null {
  const names: string[] = [];
  const source = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(TOKENS, (token) => {
    names.push(token);
    return /MON/i.test(token) ? '([A-Za-z]{3,9})' : token.startsWith('Y') ? '(\\d{4}|\\d{2})' : '(\\d{1,2})';
  });
  const found = new RegExp(`^\\s*${source.replace(/[-/]|\\\./g, '[-/.]')}(.*)$`, 's').exec(text);
  if (!found) return null;
  const parts: Record<string, string> = {};
  names.forEach((name, i) => (parts[name.toUpperCase().charAt(0) === 'M' ? 'M' : name.charAt(0)] = found[i + 1] ?? ''));
  return assemble(parts, found[names.length + 1] ?? '');
}

function assemble(parts: Record<string, string>, rest: string): string | null {
  const year = Number(parts.Y) + ((parts.Y ?? '').length === 2 ? 2000 : 0);
  const month = /^\d+$/.test(parts.M ?? '')
    ? Number(parts.M)
    : 1 + MONTHS.findIndex((name) => matches(name, parts.M ?? ''));
  const day = Number(parts.D);
  if (!(year > 0) || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month - 1)) return null;
  const time = parseTime(rest);
  if (time === null) return null;
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)} ${time}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const matches = (name: string, text: string): boolean =>
  text.length >= 3 && name.toLowerCase().startsWith(text.toLowerCase());

export function parseTime(text: string): string | null {
  if (text.trim() === '') return '00:00:00';
  const found = TIME.exec(text);
  if (!found) return null;
  let hour = Number(found[1]);
  const half = found[4]?.toLowerCase();
  if (half?.startsWith('p') && hour < 12) hour += 12;
  if (half?.startsWith('a') && hour === 12) hour = 0;
  if (hour > 23 || Number(found[2]) > 59) return null;
  return `${pad(hour)}:${found[2] as string}:${found[3] ?? '00'}`;
}
