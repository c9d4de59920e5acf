/** Java's DecimalFormat as far as templates use it: `0.00`, `#,##0.00`, `$#,##0.00`, `0%`. */
export function formatNumber(pattern: string, value: number): string {
  const [positive = '', negative] = pattern.split(';');
  const [, prefix = '', body = '', suffix = ''] = /^([^#0,.]*)([#0,.]*)(.*)$/.exec(positive) ?? [];
  const [whole = '', decimals = ''] = body.split('.');
  const scaled = value * (suffix.includes('%') ? 100 : 1);
  const most = decimals.length;
  const least = decimals.replace(/#/g, '').length;
  const rounded = Math.abs(roundHalfEven(scaled, most)).toFixed(most);
  const [digits = '0', given = ''] = rounded.split('.');
  const fraction = given.replace(/0+$/, '').padEnd(least, '0');
  const group = whole.includes(',') ? whole.length - whole.lastIndexOf(',') - 1 : 0;
  const integer = trimmed(digits, whole.replace(/[#,]/g, '').length);
  const grouped = group > 0 ? integer.replace(new RegExp(`\\B(?=(\\d{${String(group)}})+$)`, 'g'), ',') : integer;
  const text = `${prefix}${grouped}${fraction === '' ? '' : `.${fraction}`}${suffix}`;
  if (scaled >= 0 || Number(rounded) === 0) return text;
  return negative === undefined
    ? `-${text}`
    : negative.replace(/[#0,.]+/, text.slice(prefix.length, text.length - suffix.length));
}

const trimmed = (digits: string, least: number): string =>
  (digits === '0' && least === 0 ? '' : digits).padStart(least, '0');

/** Java rounds half to even; the slack keeps 1.005 the half that people see. */
function roundHalfEven(value: number, places: number): number {
  const scale = 10 ** places;
  const scaled = Number((value * scale).toPrecision(15));
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return (floor + (up ? 1 : 0)) / scale;
}

/** `?c`: for computers, without grouping. */
export const computerNumber = (value: number): string => String(Number(value.toFixed(16)));
