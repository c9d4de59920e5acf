import { unsupported } from '../errors';

/** How a language says whole numbers below 10^15, and what stands before a fraction's digits and a negative number. */
interface Speech {
  whole(n: number): string;
  point: string;
  minus: string;
}

const words = (text: string): string[] => text.split(' ');
const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ');

const EN_ONES = words(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
const EN_TENS = words('- - twenty thirty forty fifty sixty seventy eighty ninety');
const EN_SCALES: [number, string][] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
];

function inEnglish(n: number): string {
  const scale = EN_SCALES.find(([least]) => n >= least);
  if (scale) {
    const rest = n % scale[0];
    return joined(inEnglish(Math.floor(n / scale[0])), scale[1], rest === 0 ? '' : inEnglish(rest));
  }
  if (n < 20) return EN_ONES[n]!;
  return n % 10 === 0 ? EN_TENS[n / 10]! : `${EN_TENS[Math.floor(n / 10)]!}-${EN_ONES[n % 10]!}`;
}

const ES_ONES = words(
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve ' +
    'veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
);
const ES_TENS = words('- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa');
const ES_HUNDREDS = words(
  '- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos',
);

/** Before `mil` and `millones` one is `un`. */
const shortened = (text: string): string => text.replace(/veintiuno$/, 'veintiún').replace(/uno$/, 'un');

function inSpanish(n: number): string {
  const rest = (least: number): string => (n % least === 0 ? '' : inSpanish(n % least));
  if (n < 30) return ES_ONES[n]!;
  if (n < 100) return n % 10 === 0 ? ES_TENS[n / 10]! : `${ES_TENS[Math.floor(n / 10)]!} y ${ES_ONES[n % 10]!}`;
  if (n < 1e3) return n === 100 ? 'cien' : joined(ES_HUNDREDS[Math.floor(n / 100)]!, rest(100));
  if (n < 1e6) return joined(n < 2e3 ? '' : shortened(inSpanish(Math.floor(n / 1e3))), 'mil', rest(1e3));
  const [scale, one, many] = n < 1e12 ? [1e6, 'millón', 'millones'] : [1e12, 'billón', 'billones'];
  const count = Math.floor(n / scale);
  const counted = count === 1 ? `un ${one}` : `${shortened(inSpanish(count))} ${many}`;
  return joined(counted, rest(scale));
}

const ENGLISH: Speech = { whole: inEnglish, point: 'point', minus: 'minus' };
const SPANISH: Speech = { whole: inSpanish, point: 'coma', minus: 'menos' };
const TOO_LARGE = 1e15;

/** A number in words as Unicode's rules (CLDR) spell it in English and Spanish; fractions digit by digit. */
export function spellNumber(value: number, locale: string): string {
  const language = locale.toLowerCase();
  const speech = /^en(?:[-_]|$)/.test(language)
    ? ENGLISH
    : language === 'es' || /^es[-_]es$/.test(language)
      ? SPANISH
      : undefined;
  const [whole = '', fraction] = String(Math.abs(value)).split('.');
  if (
    !speech ||
    !/^\d+$/.test(whole) ||
    (fraction !== undefined && !/^\d+$/.test(fraction)) ||
    Number(whole) >= TOO_LARGE
  )
    throw unsupported(`format/i18n.spellOut of ${value} in ${locale}`);
  const said = joined(
    speech.whole(Number(whole)),
    fraction === undefined ? '' : speech.point,
    ...[...(fraction ?? '')].map((digit) => speech.whole(Number(digit))),
  );
  return value < 0 ? `${speech.minus} ${said}` : said;
}
