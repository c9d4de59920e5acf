/** No answer may stop calls for longer than this: a clock or a proxy that is wrong would stop them for years. */
const LONGEST_MS = 24 * 3_600_000;

/** A `Retry-After` header in ms from now, given in seconds or as a date (RFC 9110, 10.2.3); a day at most. Undefined for what is neither. */
export function readRetryAfter(header: string | string[] | null | undefined, nowMs: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.ceil(Math.min(LONGEST_MS, Math.max(0, waitMs)));
}
