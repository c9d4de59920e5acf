import type { Account, FieldMeta, Fields, Json, TypeMeta, Value } from '../kernel/types';
import { civilToInstant } from '../suiteql/oracle/civil';
import { parseDate } from '../suiteql/oracle/date-format';
import { invalidValue } from './faults';

/**
 * Values that arrive as plain JSON (defaultValues, submitFields, control API): dates marked by the guest, checkboxes as T and F,
 * numbers as text. Answers the stored form.
 */
const NUMBERS = new Set(['integer', 'float', 'posinteger', 'posfloat', 'currency', 'poscurrency', 'percent', 'rate']);

interface MarkedDate {
  date: { day: string; instant: string };
}
const isMarkedDate = (value: Json): value is { [key: string]: Json } & MarkedDate =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value.date === 'object' &&
  value.date !== null;

function dateValue(value: Json, field: FieldMeta | undefined): Value | undefined {
  if (isMarkedDate(value)) {
    if (field?.type === 'timeofday') return value.date.instant.slice(11, 16);
    return field?.type === 'datetime' || field?.type === 'datetimetz' ? value.date.instant : value.date.day;
  }
  return undefined;
}

const two = (text: string): string => text.padStart(2, '0');
const ORDERS: Record<string, [number, number, number]> = { M: [3, 1, 2], D: [3, 2, 1], Y: [1, 2, 3] };

const isDay = (iso: string): boolean =>
  !Number.isNaN(Date.parse(iso)) && new Date(`${iso}T00:00:00Z`).getUTCDate() === Number(iso.slice(8));

/** A moment typed in the account's format and time zone, or as ISO. */
function instantFromText(account: Account, text: string, field: FieldMeta): Value {
  const { dateFormat, timeZone } = account.settings;
  const civil = parseDate(text, dateFormat);
  if (civil !== null) return `${civilToInstant(civil, timeZone || 'America/Los_Angeles')}.000Z`;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || !isDay(text.slice(0, 10))) throw invalidValue(field.id, text);
  return text;
}

/** A date typed in the account's format (`M/D/YYYY` …) or as ISO. */
function dateFromText(account: Account, text: string, field: FieldMeta): Value {
  if (field.type !== 'date') return instantFromText(account, text, field);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && isDay(text.slice(0, 10))) return text.slice(0, 10);
  const order = ORDERS[account.settings.dateFormat[0]?.toUpperCase() ?? 'M'] ?? ORDERS.M!;
  const match = /^\s*(\d{1,4})[-/.\s](\d{1,2})[-/.\s](\d{1,4})/.exec(text);
  if (!match) throw invalidValue(field.id, text);
  const [year, month, day] = order.map((group) => match[group]!) as [string, string, string];
  const iso = `${year}-${two(month)}-${two(day)}`;
  if (!isDay(iso)) throw invalidValue(field.id, text);
  return iso;
}

export function storedValue(account: Account, field: FieldMeta | undefined, value: Json): Value {
  if (value === null || value === undefined || value === '')
    return field?.type === 'checkbox' && value === '' ? false : null;
  const date = dateValue(value, field);
  if (date !== undefined) return date;
  if (Array.isArray(value)) {
    // No multiple select holds lists or objects: structured data without a declaration, such as a seeded search's filters, is kept as it is.
    if (!field && value.some((one) => typeof one === 'object' && one !== null)) return JSON.stringify(value);
    const ids = value.map((one) => String(one as string));
    return field?.type === 'select' ? (ids[0] ?? null) : ids;
  }
  if (typeof value === 'object') throw invalidValue(field?.id ?? '', JSON.stringify(value));
  if (!field) return value;
  if (field.type === 'checkbox') return checkbox(field, value);
  if (NUMBERS.has(field.type)) return numeric(field, value);
  if (
    (field.type === 'date' || field.type === 'datetime' || field.type === 'datetimetz') &&
    typeof value === 'string'
  ) {
    return dateFromText(account, value, field);
  }
  if (field.type === 'multiselect') return String(value).split('\u0005');
  return String(value);
}

function checkbox(field: FieldMeta, value: string | number | boolean): boolean {
  if (value === true || value === 'T' || value === 'true') return true;
  if (value === false || value === 'F' || value === 'false') return false;
  throw invalidValue(field.id, value);
}

function numeric(field: FieldMeta, value: string | number | boolean): Value {
  if (typeof value === 'number') return value;
  const text = String(value);
  if (/^-?[\d.,]+%$/.test(text) && field.type === 'rate') return text;
  const parsed = Number(text.replace(/,/g, '').replace(/%$/, ''));
  if (typeof value === 'boolean' || !Number.isFinite(parsed)) throw invalidValue(field.id, value);
  return parsed;
}

export function storedValues(account: Account, meta: TypeMeta, values: Record<string, Json>): Fields {
  const fields: Fields = {};
  for (const [key, value] of Object.entries(values)) {
    const id = key.toLowerCase();
    fields[id] = storedValue(account, meta.fields[id], value);
  }
  return fields;
}
