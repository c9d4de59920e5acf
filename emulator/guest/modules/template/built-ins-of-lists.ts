import { isHash, plain, TemplateError, type Data } from './model';
import { printText } from './print-value';

type Comparable = string | number;

function sequence(value: unknown, source: string): unknown[] {
  const inner = plain(value);
  if (Array.isArray(inner)) return inner as unknown[];
  throw new TemplateError(`Expected a sequence, but this has evaluated to something else:\n==> ${source}`);
}

const sortable = (value: unknown): Comparable => {
  const inner = plain(value);
  if (inner instanceof Date) return inner.getTime();
  return typeof inner === 'number' ? inner : printText(value, '').toLowerCase();
};

const ascending = (a: unknown, b: unknown): number => {
  const [x, y] = [sortable(a), sortable(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};

const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b);

function chunks(items: unknown[], size: number, fill: unknown): unknown[][] {
  const found: unknown[][] = [];
  for (let at = 0; at < items.length; at += size) found.push(items.slice(at, at + size));
  const last = found.at(-1);
  while (fill !== undefined && last && last.length < size) last.push(fill);
  return found;
}

/** Built-ins of sequences and hashes. */
export const LISTS: Record<string, (value: unknown, args: unknown[], source: string) => unknown> = {
  size: (value, _, source) =>
    isHash(plain(value)) ? Object.keys(plain(value) as Data).length : sequence(value, source).length,
  first: (value, _, source) => sequence(value, source)[0],
  last: (value, _, source) => sequence(value, source).at(-1),
  reverse: (value, _, source) => [...sequence(value, source)].reverse(),
  sort: (value, _, source) => [...sequence(value, source)].sort(ascending),
  sort_by: (value, [key], source) => {
    const path = (Array.isArray(key) ? key : [key]).map((step) => printText(step, ''));
    const at = (item: unknown): unknown => path.reduce<unknown>((inner, step) => (plain(inner) as Data)[step], item);
    return [...sequence(value, source)].sort((a, b) => ascending(at(a), at(b)));
  },
  join: (value, [separator, empty, ending], source) => {
    const texts = sequence(value, source).map((item) => printText(item, source));
    if (texts.length === 0) return empty === undefined ? '' : printText(empty, '');
    return (
      texts.join(separator === undefined ? '' : printText(separator, '')) +
      (ending === undefined ? '' : printText(ending, ''))
    );
  },
  chunk: (value, [size, fill], source) => chunks(sequence(value, source), Number(size), fill),
  seq_contains: (value, [wanted], source) => sequence(value, source).some((item) => same(item, wanted)),
  seq_index_of: (value, [wanted], source) => sequence(value, source).findIndex((item) => same(item, wanted)),
  min: (value, _, source) => [...sequence(value, source)].sort(ascending)[0],
  max: (value, _, source) => [...sequence(value, source)].sort(ascending).at(-1),
  keys: (value) => Object.keys(plain(value) as Data),
  values: (value) => Object.values(plain(value) as Data),
};
