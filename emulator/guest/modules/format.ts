import { missingArgument } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { isObject } from './arguments';
import { formatDate, formatDateTime, formatTimeOfDay, parseDate, parseDateTime } from './date-format';
import { FORMAT_TYPES, TIME_ZONES } from './format-types';

const MONEY = new Set(['currency', 'currency2', 'poscurrency', 'nonnegcurrency']);
const WHOLE = new Set(['integer', 'posinteger']);
const DECIMAL = new Set(['float', 'posfloat', 'nonnegfloat', 'rate', 'ratehighprecision', 'dynamicprecision']);

interface Call {
  value: unknown;
  type: string;
  timezone: unknown;
}

/**
 * N/format (page section_4388721627): by the account's preferences. What can't be formatted or parsed comes back unchanged.
 * DATE and DATETIME use the server's own time zone, DATETIMETZ the given or the account's.
 */
export const createFormatModule: ModuleFactory = (guest) => ({
  Type: FORMAT_TYPES,
  Timezone: TIME_ZONES,
  format: (...args: unknown[]) => formatValue(guest, callOf('format.format', args)),
  parse: (...args: unknown[]) => parseValue(guest, callOf('format.parse', args)),
  get i18n(): object {
    return guest.module('N/format/i18n');
  },
});

/** Every falsy value but 0 counts as missing. */
function callOf(method: string, [first, type, timezone]: unknown[]): Call {
  const options = isObject(first) && !(first instanceof Date) ? first : { value: first, type, timezone };
  if (!options.value && options.value !== 0) throw missingArgument(method, 'value');
  if (!options.type) throw missingArgument(method, 'type');
  return { value: options.value, type: String(options.type).toLowerCase(), timezone: options.timezone };
}

function formatValue(guest: Guest, { value, type, timezone }: Call): unknown {
  const { dateFormat, timeZone } = guest.info.settings;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return value;
    if (type === 'date') return formatDate(value, dateFormat);
    if (type === 'datetime') return formatDateTime(value, dateFormat, givenZone(timezone));
    if (type === 'datetimetz') return formatDateTime(value, dateFormat, zoneOf(timezone, timeZone));
    if (type === 'timeofday' || type === 'time') return formatTimeOfDay(value);
    if (type === 'mmyydate') return `${value.getMonth() + 1}/${value.getFullYear()}`;
    return value;
  }
  if (type === 'checkbox') return value === true || value === 'T' ? 'T' : 'F';
  const n = typeof value === 'number' ? value : Number(value);
  if (Number.isNaN(n)) return value;
  if (MONEY.has(type)) return n.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  if (WHOLE.has(type)) return String(Math.round(n));
  if (DECIMAL.has(type)) return String(n);
  if (type === 'percent') return `${n}%`;
  return value;
}

function parseValue(guest: Guest, { value, type, timezone }: Call): unknown {
  const { dateFormat, timeZone } = guest.info.settings;
  const text = String(value);
  if (type === 'date') return parseDate(text, dateFormat) ?? value;
  if (type === 'datetime') return parseDateTime(text, dateFormat, givenZone(timezone)) ?? value;
  if (type === 'datetimetz') return parseDateTime(text, dateFormat, zoneOf(timezone, timeZone)) ?? value;
  if (type === 'checkbox') return text === 'T';
  if (MONEY.has(type) || WHOLE.has(type) || DECIMAL.has(type) || type === 'percent') {
    const n = Number(text.replace(/[,%\s]/g, ''));
    return Number.isNaN(n) ? value : WHOLE.has(type) ? Math.trunc(n) : n;
  }
  return value;
}

/** Without a zone a datetime is the server's own time (page section_4388843892). */
const givenZone = (timezone: unknown): string | undefined =>
  timezone === undefined || timezone === null ? undefined : zoneOf(timezone, 'UTC');

/** An unknown zone falls back to GMT. */
function zoneOf(given: unknown, fallback: string): string {
  const zone = given === undefined || given === null ? fallback : String(given);
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}
