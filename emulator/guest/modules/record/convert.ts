import { SuiteScriptError } from '../../errors';
import type { Value } from './data';
import { formatDate, formatTime, fromDay, fromTime, parseDate, parseTime, toDay, toTime } from './dates';
import type { FieldInfo } from './meta';

/** Values between scripts (Date, boolean, number) and storage (`YYYY-MM-DD`, boolean, number). Rules: section_4267283788, N/record. */
const NUMBERS = new Set(['integer', 'float', 'posinteger', 'posfloat', 'currency', 'poscurrency', 'percent', 'rate']);
const DATES = new Set(['date', 'datetime', 'datetimetz', 'timeofday']);
const EMPTY_TEXT_TYPES = new Set(['checkbox', 'multiselect']);

export const invalidValue = (value: unknown, fieldId: string): SuiteScriptError =>
  new SuiteScriptError({
    name: 'INVALID_FLD_VALUE',
    message: `You have entered an Invalid Field Value ${String(value)} for the following field: ${fieldId}`,
  });

const isDate = (value: unknown): value is Date => Object.prototype.toString.call(value) === '[object Date]';

function toCheckbox(value: unknown, field: FieldInfo): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'T' || value === 'true') return true;
  if (value === 'F' || value === 'false' || value === '') return false;
  throw invalidValue(value, field.id);
}

function toNumber(value: unknown, field: FieldInfo): Value {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string') {
    const text = value.trim();
    // A rate or percentage may be given as a share of the line above: -10%.
    if (field.type === 'rate' && /^-?[\d.,]+%$/.test(text)) return text;
    const number = Number(text.replace(/,/g, '').replace(/%$/, ''));
    if (text !== '' && Number.isFinite(number)) return number;
  }
  throw invalidValue(value, field.id);
}

function toDateValue(value: unknown, field: FieldInfo, dateFormat: string): Value {
  if (isDate(value)) {
    if (Number.isNaN(value.getTime())) throw invalidValue(value, field.id);
    if (field.type === 'date') return toDay(value);
    return field.type === 'timeofday' ? toTime(value) : value.toISOString();
  }
  if (typeof value === 'string') return dateFromText(value, field, dateFormat);
  throw invalidValue(value, field.id);
}

export function dateFromText(text: string, field: FieldInfo, dateFormat: string): Value {
  if (field.type === 'timeofday') {
    const time = parseTime(text);
    if (time === undefined) throw invalidValue(text, field.id);
    return time;
  }
  const day = parseDate(text, dateFormat);
  if (!day) throw invalidValue(text, field.id);
  if (field.type === 'date') return toDay(day);
  const time = parseTime(text.replace(/^\S+\s*/, ''));
  if (time) day.setHours(Number(time.slice(0, 2)), Number(time.slice(3)));
  return day.toISOString();
}

function toMultiselect(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((one) => one !== '' && one != null).map(String);
  // A list may also be given as one text with the separator NetSuite uses itself.
  return String(value as string)
    .split('\u0005')
    .filter((one) => one !== '');
}

function toPlain(value: unknown, field: FieldInfo | undefined): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return field ? (value ? 'T' : 'F') : value;
  if (isDate(value)) return value.toISOString();
  if (Array.isArray(value)) return field?.type === 'select' ? String(value[0] ?? '') : value.map(String);
  throw invalidValue(value, field?.id ?? '');
}

/** What is stored for a script's value. `null`, `undefined` and `''` empty the field. */
export function toStored(value: unknown, field: FieldInfo | undefined, dateFormat: string): Value {
  if (value === null || value === undefined || (value === '' && field?.type !== 'checkbox')) return null;
  if (!field) return typeof value === 'boolean' || typeof value === 'number' ? value : toPlain(value, undefined);
  if (field.type === 'checkbox') return toCheckbox(value, field);
  if (NUMBERS.has(field.type)) return toNumber(value, field);
  if (DATES.has(field.type)) return toDateValue(value, field, dateFormat);
  if (field.type === 'multiselect') return toMultiselect(value);
  return toPlain(value, field);
}

/** What getValue answers for a stored value. */
export function toScript(value: Value | undefined, field: FieldInfo | undefined): unknown {
  if (value === undefined || value === null || value === '') {
    if (field?.type === 'checkbox') return field.radio ? 'F' : false;
    return field?.type === 'multiselect' ? [] : '';
  }
  if (typeof value === 'boolean') return field?.radio ? (value ? 'T' : 'F') : value;
  if (typeof value === 'string' && field && DATES.has(field.type)) {
    return field.type === 'date' ? fromDay(value) : field.type === 'timeofday' ? fromTime(value) : new Date(value);
  }
  return Array.isArray(value) ? [...value] : value;
}

/** What getText answers where no list has to be asked: dates in the account's format, numbers and checkboxes as text. */
export function plainText(value: Value | undefined, field: FieldInfo | undefined, dateFormat: string): string {
  if (value === undefined || value === null || value === '')
    return field && EMPTY_TEXT_TYPES.has(field.type) && field.type === 'checkbox' ? 'F' : '';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (Array.isArray(value)) return value.join('\u0005');
  if (typeof value === 'string' && field && DATES.has(field.type)) {
    if (field.type === 'timeofday') return formatTime(fromTime(value));
    if (field.type === 'date') return formatDate(fromDay(value), dateFormat);
    const date = new Date(value);
    return `${formatDate(date, dateFormat)} ${formatTime(date)}`;
  }
  return String(value);
}

export const isSelect = (field: FieldInfo | undefined): boolean =>
  field?.type === 'select' || field?.type === 'multiselect';
