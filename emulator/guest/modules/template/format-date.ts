import { TemplateError } from './model';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Java's SimpleDateFormat as far as templates use it. */
export function formatDate(pattern: string, date: Date): string {
  const hours = date.getHours();
  const parts: Record<string, (size: number) => string> = {
    y: (size) => (size === 2 ? pad(date.getFullYear() % 100, 2) : pad(date.getFullYear(), size)),
    M: (size) => monthText(date.getMonth(), size),
    d: (size) => pad(date.getDate(), size),
    E: (size) => (DAYS[date.getDay()] ?? '').slice(0, size > 3 ? undefined : 3),
    H: (size) => pad(hours, size),
    h: (size) => pad(hours % 12 || 12, size),
    m: (size) => pad(date.getMinutes(), size),
    s: (size) => pad(date.getSeconds(), size),
    S: (size) => pad(date.getMilliseconds(), size),
    a: () => (hours < 12 ? 'AM' : 'PM'),
  };
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (all, quoted: string | undefined, letter: string) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replace(/''/g, "'");
    const part = parts[letter];
    if (!part) throw new TemplateError(`Unknown letter ${letter} in the date format "${pattern}".`);
    return part(all.length);
  });
}

const pad = (value: number, size: number): string => String(value).padStart(size, '0');

const monthText = (month: number, size: number): string =>
  size <= 2 ? pad(month + 1, size) : (MONTHS[month] ?? '').slice(0, size > 3 ? undefined : 3);

/** Reads a date written in a pattern of numbers (`MM/dd/yyyy`, `yyyy-MM-dd HH:mm`). */
export function parseDate(pattern: string, text: string): Date {
  const letters: string[] = [];
  const shape = pattern.replace(/([A-Za-z])\1*|[^A-Za-z]/g, (all, letter: string | undefined) => {
    if (letter === undefined) return all.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    letters.push(letter);
    return letter === 'a' ? '([AaPp][Mm])' : '(\\d+)';
  });
  const found = new RegExp(`^${shape}$`).exec(text.trim());
  if (!found) throw new TemplateError(`The string "${text}" doesn't match the expected date format "${pattern}".`);
  const part = (letter: string, otherwise: number): number => {
    const index = letters.indexOf(letter);
    return index < 0 ? otherwise : Number(found[index + 1]);
  };
  const afternoon = letters.includes('a') && /p/i.test(found[letters.indexOf('a') + 1] ?? '') ? 12 : 0;
  const hour = letters.includes('h') ? (part('h', 0) % 12) + afternoon : part('H', 0);
  const year = part('y', 1970);
  return new Date(year < 100 ? 2000 + year : year, part('M', 1) - 1, part('d', 1), hour, part('m', 0), part('s', 0));
}
