import { asDate, asNumber } from '../suiteql/compile/coerce';
import { type FaultError, fault } from '../kernel/types';
import { unsupportedSearch } from './errors';
import type { SearchField } from './field-type';
import type { Format } from './types';

/** Functions of search columns (`function: 'month'`), by name. */
type Build = (field: SearchField) => { sql: string; format: Format };

const age =
  (divisor: string): Build =>
  (field) => ({ sql: `CAST(${divisor.replaceAll('?', asDate(field.value))} AS INTEGER)`, format: 'integer' });
const model =
  (format: string): Build =>
  (field) => ({ sql: `ora_dchar(${asDate(field.value)}, '${format}')`, format: 'text' });
const rounded =
  (places: number): Build =>
  (field) => ({ sql: `ora_round(${asNumber(field.value)}, ${places})`, format: 'float' });

const FUNCTIONS: Record<string, Build> = {
  absoluteValue: (field) => ({ sql: `abs(${asNumber(field.value)})`, format: field.format }),
  negate: (field) => ({ sql: `-(${asNumber(field.value)})`, format: field.format }),
  round: rounded(0),
  roundToTenths: rounded(1),
  roundToHundredths: rounded(2),
  ageInDays: age('ora_ddiff(:now, ?)'),
  ageInHours: age('ora_ddiff(:now, ?) * 24'),
  ageInWeeks: age('ora_ddiff(:now, ?) / 7'),
  ageInMonths: age('ora_monthsbetween(:now, ?)'),
  ageInYears: age('ora_monthsbetween(:now, ?) / 12'),
  day: (field) => ({ sql: `ora_dtrunc(${asDate(field.value)})`, format: 'date' }),
  calendarWeek: (field) => ({ sql: `ora_dtrunc(${asDate(field.value)}, 'D')`, format: 'date' }),
  month: model('YYYY-MM'),
  quarter: model('YYYY-"Q"Q'),
  year: model('YYYY'),
  weekOfYear: model('YYYY-"W"IW'),
};
const KNOWN = new Set([...Object.keys(FUNCTIONS), 'percentOfTotal', 'rank', 'numberAsTime']);

export const invalidFunction = (name: string): FaultError =>
  fault('INVALID_SRCH_FUNCTN', `Invalid search function: ${name}.`);

export function applyFunction(name: string, field: SearchField): SearchField {
  if (!KNOWN.has(name)) throw invalidFunction(name);
  const build = FUNCTIONS[name];
  if (!build) throw unsupportedSearch(`the column function ${name}`);
  const { sql, format } = build(field);
  const type = format === 'date' ? 'datetime' : format === 'text' ? 'text' : 'number';
  return { value: { sql, type, constant: false }, format };
}
