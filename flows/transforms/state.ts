import { STATES } from './states-data';

/** The short name NetSuite lists for a country's states; other countries' regions pass as written. */
export function cleanState(value: string | null, country: string | null): string | null {
  if (value === null) return null;
  const table = country === null ? undefined : STATES[country];
  if (!table) return value;
  const code = value.toUpperCase();
  if (Object.hasOwn(table, code)) return code;
  const named = Object.entries(table).find(([, name]) => name.toLowerCase() === value.toLowerCase());
  return named?.[0] ?? value;
}
