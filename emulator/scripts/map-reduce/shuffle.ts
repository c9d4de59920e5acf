import type { Item } from './types';

/** Order of code units, as NetSuite sorts reduce values: not the order of writing, not a language's (page section_4472721828). */
export const lexicographic = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Groups written pairs by key; keys and values in lexicographic order. */
export function shuffle(pairs: [string, string][]): Item[] {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const values = groups.get(key);
    if (values) values.push(value);
    else groups.set(key, [value]);
  }
  return [...groups]
    .sort(([a], [b]) => lexicographic(a, b))
    .map(([key, values]) => newItem(key, values.sort(lexicographic)));
}

export const newItem = (key: string, values: string[]): Item => ({
  key,
  values,
  executions: 0,
  state: 'PENDING',
  errors: [],
});

export const pairBytes = (key: string, values: string[]): number =>
  values.reduce((sum, value) => sum + Buffer.byteLength(value), Buffer.byteLength(key));
