import { TransformError } from '../transform-error';
import type { Transform } from '../types';
import { ALIASES, ISO2_TO_ISO3 } from './countries-data';

const fold = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^a-z]/g, '');

/** English names by folded spelling; NetSuite's SOAP names (`_unitedStates`) are the same words run together. */
const BY_NAME: ReadonlyMap<string, string> = (() => {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const table = new Map(Object.keys(ISO2_TO_ISO3).map((code) => [fold(names.of(code) ?? code), code]));
  for (const [name, code] of Object.entries(ALIASES)) table.set(fold(name), code);
  return table;
})();

const BY_ISO3: ReadonlyMap<string, string> = new Map(Object.entries(ISO2_TO_ISO3).map(([two, three]) => [three, two]));

/** ISO 3166 alpha-2 from a code, an English name, a common alias or a SOAP name; undefined when nothing fits. */
export function findCountry(value: string): string | undefined {
  const code = value.trim().toUpperCase();
  if (Object.hasOwn(ISO2_TO_ISO3, code)) return code;
  return BY_ISO3.get(code) ?? BY_NAME.get(fold(value));
}

export const country: Transform = (value) => {
  const code = findCountry(String(value));
  if (code) return code;
  throw new TransformError(
    'UNKNOWN_COUNTRY',
    `${JSON.stringify(value)} is no country.`,
    'Give the two-letter ISO code or the English name.',
  );
};
