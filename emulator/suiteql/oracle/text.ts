import { invalidValue } from '../syntax/errors';

/** Oracle's text functions. An empty result is NULL, so every function may answer null. */
export const orNull = (text: string): string | null => (text === '' ? null : text);

const chars = (text: string): string[] => (/[\ud800-\udfff]/.test(text) ? [...text] : text.split(''));

export function substr(text: string, from: number, length?: number): string | null {
  const all = chars(text);
  const start = Math.trunc(from) > 0 ? Math.trunc(from) - 1 : Math.trunc(from) < 0 ? all.length + Math.trunc(from) : 0;
  if (start < 0 || (length !== undefined && length < 1)) return null;
  return orNull(all.slice(start, length === undefined ? undefined : start + Math.trunc(length)).join(''));
}

/** Places are counted in characters, of which JavaScript takes some for two. */
export function instr(given: string, part: string, from = 1, occurrence = 1): number {
  if (!/[\ud800-\udfff]/.test(given)) return instrUnits(given, part, from, occurrence);
  const all = chars(given);
  const place = from < 0 ? all.length + from : from - 1;
  const units = all.slice(0, Math.max(0, place)).join('').length;
  const found = instrUnits(given, part, place < 0 ? 0 : from < 0 ? units - given.length : units + 1, occurrence);
  return found === 0 ? 0 : chars(given.slice(0, found - 1)).length + 1;
}

function instrUnits(text: string, part: string, from: number, occurrence: number): number {
  const backwards = from < 0;
  let at = backwards ? text.length + from : from - 1;
  for (let n = 0; n < occurrence; n++) {
    const found = backwards ? text.lastIndexOf(part, at) : text.indexOf(part, at);
    if (found < 0 || at < 0) return 0;
    if (n === occurrence - 1) return found + 1;
    at = backwards ? found - 1 : found + 1;
  }
  return 0;
}

export function pad(text: string, length: number, filler: string, left: boolean): string | null {
  const all = chars(text);
  const width = Math.trunc(length);
  if (width <= 0) return null;
  if (all.length >= width) return all.slice(0, width).join('');
  const fill = filler.repeat(Math.ceil((width - all.length) / Math.max(1, filler.length))).slice(0, width - all.length);
  return left ? fill + text : text + fill;
}

export function trim(text: string, set: string, sides: 'left' | 'right' | 'both'): string | null {
  const drop = new Set(chars(set));
  const all = chars(text);
  let [start, end] = [0, all.length];
  if (sides !== 'right') while (start < end && drop.has(all[start] as string)) start++;
  if (sides !== 'left') while (end > start && drop.has(all[end - 1] as string)) end--;
  return orNull(all.slice(start, end).join(''));
}

export const initcap = (text: string): string =>
  text.toLowerCase().replace(/[\p{L}\p{N}]+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));

export function translate(text: string, from: string, to: string): string | null {
  const [source, target] = [chars(from), chars(to)];
  const replaced = chars(text).map((char) => {
    const index = source.indexOf(char);
    return index < 0 ? char : (target[index] ?? '');
  });
  return orNull(replaced.join(''));
}

const likes = new Map<string, RegExp>();

/** LIKE, case-sensitive, `%` and `_`, with an optional escape character. */
export function like(text: string, pattern: string, escape: string | null): boolean {
  const key = `${escape ?? ''}\u0000${pattern}`;
  let regexp = likes.get(key);
  if (!regexp) {
    if (likes.size > 500) likes.clear();
    likes.set(key, (regexp = likeToRegExp(pattern, escape)));
  }
  return regexp.test(text);
}

function likeToRegExp(pattern: string, escape: string | null): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === escape) source += quote(pattern[++i] ?? '');
    else if (char === '%') source += '.*';
    else if (char === '_') source += '.';
    else source += quote(char);
  }
  return new RegExp(`^${source}$`, 'su');
}

const quote = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const regexps = new Map<string, RegExp>();

/** An Oracle (POSIX) regular expression as JavaScript's; flags i, c, n, m, x of the match parameter. */
export function toRegExp(pattern: string, match: string | null, global: boolean): RegExp {
  const key = `${match ?? ''}\u0000${global}\u0000${pattern}`;
  let regexp = regexps.get(key);
  if (!regexp) {
    if (regexps.size > 200) regexps.clear();
    regexps.set(key, (regexp = compileRegExp(pattern, match ?? '', global)));
  }
  regexp.lastIndex = 0;
  return regexp;
}

const CLASSES: Record<string, string> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  punct: '\\p{P}\\p{S}',
  cntrl: '\\p{Cc}',
  blank: ' \\t',
  xdigit: '0-9A-Fa-f',
  print: '\\P{C}',
  graph: '\\P{Z}',
};

function compileRegExp(pattern: string, match: string, global: boolean): RegExp {
  const source = pattern.replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  const flags =
    (global ? 'g' : '') +
    (match.includes('i') ? 'i' : '') +
    (match.includes('m') ? 'm' : '') +
    (match.includes('n') ? 's' : '');
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    try {
      return new RegExp(source, flags);
    } catch {
      throw invalidValue(`ORA-12726: unmatched bracket in regular expression ${pattern}`);
    }
  }
}

export function regexpSubstr(
  text: string,
  pattern: string,
  from = 1,
  occurrence = 1,
  match: string | null = null,
  group = 0,
): string | null {
  const regexp = toRegExp(pattern, match, true);
  regexp.lastIndex = Math.max(0, from - 1);
  for (let n = 1; ; n++) {
    const found = regexp.exec(text);
    if (!found) return null;
    if (found[0] === '') regexp.lastIndex++;
    if (n === occurrence) return orNull(found[group] ?? '');
  }
}

export function regexpInstr(
  text: string,
  pattern: string,
  from = 1,
  occurrence = 1,
  after = 0,
  match: string | null = null,
): number {
  const regexp = toRegExp(pattern, match, true);
  regexp.lastIndex = Math.max(0, from - 1);
  for (let n = 1; ; n++) {
    const found = regexp.exec(text);
    if (!found) return 0;
    if (found[0] === '') regexp.lastIndex++;
    if (n === occurrence) return found.index + 1 + (after ? found[0].length : 0);
  }
}

export function regexpReplace(
  text: string,
  pattern: string,
  to: string,
  from = 1,
  occurrence = 0,
  match: string | null = null,
): string | null {
  const replacement = (groups: string[]): string =>
    to.replace(/\\(\d)/g, (_, index: string) => groups[Number(index)] ?? '');
  let n = 0;
  const head = text.slice(0, Math.max(0, from - 1));
  const rest = text.slice(Math.max(0, from - 1)).replace(toRegExp(pattern, match, true), (...found: unknown[]) => {
    n++;
    // The groups stand before the place of the match; one that took no part is undefined.
    const groups = found
      .slice(
        0,
        found.findIndex((part) => typeof part === 'number'),
      )
      .map((part) => (typeof part === 'string' ? part : ''));
    return occurrence === 0 || occurrence === n ? replacement(groups) : (found[0] as string);
  });
  return orNull(head + rest);
}
