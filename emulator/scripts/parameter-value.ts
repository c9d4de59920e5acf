import type { Json } from '../kernel/types';

const NUMBERS = new Set(['INTEGER', 'FLOAT', 'CURRENCY', 'PERCENT']);
const DATES = new Set(['DATE', 'DATETIMETZ', 'TIMEOFDAY']);

/**
 * A parameter's value as `Script.getParameter` answers it: number, boolean, text or null; a date travels as `{date: ISO}`, a day or an instant, because JSON has none.
 * Unset parameters are null, unset checkboxes false (N/runtime: string, number, boolean, Date or null).
 */
export function parameterValue(type: string, raw: Json): Json {
  const kind = type.toUpperCase();
  if (kind === 'CHECKBOX') return raw === true || raw === 'T' || raw === 'true';
  if (raw === null || raw === undefined || raw === '') return null;
  if (NUMBERS.has(kind)) {
    const n = Number(raw);
    return Number.isNaN(n) ? null : n;
  }
  if (typeof raw === 'object') {
    if (DATES.has(kind) && 'date' in raw) return raw;
    return Array.isArray(raw) ? raw.map(String).join(',') : JSON.stringify(raw);
  }
  return DATES.has(kind) ? { date: isoOf(String(raw)) } : String(raw);
}

/** A day stays a day (`YYYY-MM-DD`): the script's Date is its midnight in the account's zone. */
const isoOf = (text: string): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
};
