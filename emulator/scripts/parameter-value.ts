import type { Json } from '../kernel/types';

const NUMBERS = new Set(['INTEGER', 'FLOAT', 'CURRENCY', 'PERCENT']);
const DATES = new Set(['DATE', 'DATETIMETZ', 'TIMEOFDAY']);

/**
 * A parameter's value as `Script.getParameter` answers it: number, boolean, text or null; a date travels as `{date: ISO}`, because JSON has none.
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

const isoOf = (text: string): string => {
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
};
