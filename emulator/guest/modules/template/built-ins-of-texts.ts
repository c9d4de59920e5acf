import { unsupported } from '../../errors';
import { plain, TemplateError } from './model';
import { printText } from './print-value';

type TextBuiltIn = (text: string, args: string[]) => unknown;

const entities = (text: string, apostrophe: string): string =>
  text.replace(/[&<>"']/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? apostrophe);

const upFirst = (text: string): string => text.replace(/\S/, (char) => char.toUpperCase());

const scripted = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replace(/'/g, "\\'").replace(/</g, '\\u003C').replace(/>/g, '\\>');

/** What `flags` say of a replacement or a match: r is a regular expression, i ignores case, f is the first only. */
function pattern(text: string, flags = ''): RegExp {
  const unknown = flags.replace(/[rif]/g, '');
  if (unknown !== '') throw unsupported(`The template flag ${unknown}`);
  const source = flags.includes('r') ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(source, `${flags.includes('f') ? '' : 'g'}${flags.includes('i') ? 'i' : ''}`);
}

const after = (text: string, at: number, size: number): string => (at < 0 ? '' : text.slice(at + size));

const BUILT_INS: Record<string, TextBuiltIn> = {
  html: (text) => entities(text, '&#39;'),
  xhtml: (text) => entities(text, '&#39;'),
  xml: (text) => entities(text, '&apos;'),
  upper_case: (text) => text.toUpperCase(),
  lower_case: (text) => text.toLowerCase(),
  cap_first: upFirst,
  uncap_first: (text) => text.replace(/\S/, (char) => char.toLowerCase()),
  capitalize: (text) => text.replace(/\S+/g, (word) => upFirst(word.toLowerCase())),
  trim: (text) => text.trim(),
  chop_linebreak: (text) => text.replace(/\r?\n$/, ''),
  length: (text) => text.length,
  contains: (text, [part = '']) => text.includes(part),
  starts_with: (text, [part = '']) => text.startsWith(part),
  ends_with: (text, [part = '']) => text.endsWith(part),
  ensure_starts_with: (text, [part = '']) => (text.startsWith(part) ? text : part + text),
  ensure_ends_with: (text, [part = '']) => (text.endsWith(part) ? text : text + part),
  remove_beginning: (text, [part = '']) => (text.startsWith(part) ? text.slice(part.length) : text),
  remove_ending: (text, [part = '']) => (part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text),
  index_of: (text, [part = '', from]) => text.indexOf(part, Number(from ?? 0)),
  last_index_of: (text, [part = '']) => text.lastIndexOf(part),
  keep_before: (text, [part = '']) => (text.includes(part) ? text.slice(0, text.indexOf(part)) : text),
  keep_before_last: (text, [part = '']) => (text.includes(part) ? text.slice(0, text.lastIndexOf(part)) : text),
  keep_after: (text, [part = '']) => after(text, text.indexOf(part), part.length),
  keep_after_last: (text, [part = '']) =>
    text.includes(part) ? after(text, text.lastIndexOf(part), part.length) : text,
  left_pad: (text, [size, fill = ' ']) => text.padStart(Number(size), fill),
  right_pad: (text, [size, fill = ' ']) => text.padEnd(Number(size), fill),
  replace: (text, [part = '', by = '', flags]) =>
    flags?.includes('r') ? text.replace(pattern(part, flags), by) : text.replace(pattern(part, flags), () => by),
  matches: (text, [part = '', flags]) => new RegExp(`^(?:${part})$`, flags?.includes('i') ? 'i' : '').test(text),
  split: (text, [part = '', flags]) => text.split(pattern(part, flags)),
  substring: (text, [from, to]) => text.substring(Number(from), to === undefined ? undefined : Number(to)),
  word_list: (text) => text.split(/\s+/).filter(Boolean),
  js_string: scripted,
  json_string: (text) => JSON.stringify(text).slice(1, -1),
  j_string: (text) => JSON.stringify(text).slice(1, -1),
  url: (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
  boolean: (text) => {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new TemplateError(`Can't convert this string to boolean: "${text}"`);
  },
};

/** Built-ins of texts; a number, a date or a select is printed first. */
export const TEXTS: Record<string, (value: unknown, args: unknown[], source: string) => unknown> = Object.fromEntries(
  Object.entries(BUILT_INS).map(([name, builtIn]) => [
    name,
    (value: unknown, args: unknown[], source: string) =>
      builtIn(
        printText(value, source),
        args.map((arg) => (typeof arg === 'number' ? String(arg) : printText(arg, source))),
      ),
  ]),
);

TEXTS.number = (value, _, source) => {
  const inner = plain(value);
  const number = typeof inner === 'number' ? inner : Number(printText(value, source));
  if (Number.isNaN(number))
    throw new TemplateError(`Can't convert this string to number: "${printText(value, source)}"`);
  return number;
};
