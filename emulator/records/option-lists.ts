import optionLists from '../data/option-lists.json';

const LISTS = optionLists as Record<string, Record<string, string>>;
const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Region codes of CLDR that are no country of ISO 3166-1. */
const NOT_COUNTRIES = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

const countryNames = new Map<string, string | undefined>();

/** ISO 3166-1 alpha-2 codes; names come from the runtime's own data. */
function countryName(code: string): string | undefined {
  if (!countryNames.has(code)) countryNames.set(code, lookUpCountry(code));
  return countryNames.get(code);
}

function lookUpCountry(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code) || NOT_COUNTRIES.has(code)) return undefined;
  // An alias such as UK is no code of its own: its canonical form is another.
  if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) return undefined;
  return LISTS.country![code] ?? countries.of(code);
}

/** Text of an entry of a fixed list (`list:orderstatus`), undefined when the list lacks it. A list unknown here accepts any entry as its own text. */
export function listText(selectType: string, value: string): string | undefined {
  const id = selectType.replace(/^list:/, '');
  if (id === 'country') return countryName(value);
  const list = LISTS[id];
  return list ? list[value] : value;
}

export function listEntries(selectType: string): { value: string; text: string }[] {
  const id = selectType.replace(/^list:/, '');
  if (id === 'country') return countryEntries();
  return Object.entries(LISTS[id] ?? {}).map(([value, text]) => ({ value, text }));
}

function countryEntries(): { value: string; text: string }[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const codes = [...letters].flatMap((a) => [...letters].map((b) => a + b));
  return codes.map((value) => ({ value, text: countryName(value) ?? '' })).filter((entry) => entry.text !== '');
}
