import { ProblemError } from './problem';

/** The `Idempotency-Key` of a request: a quoted string as the IETF draft has it, or bare as most clients send it. */
export function readIdempotencyKey(header: string | undefined): string {
  if (header === undefined || header.trim() === '') {
    throw new ProblemError(
      'idempotency-key-missing',
      'Send the header Idempotency-Key with a value of your own for this request, and the same value when you repeat it: ' +
        'a repeated request is then never applied twice.',
    );
  }
  const key = parseIdempotencyKey(header);
  if (key === null) {
    throw new ProblemError(
      'invalid-request',
      'The Idempotency-Key must be 1 to 255 visible ASCII characters, quoted or bare.',
    );
  }
  return key;
}

/** Null where the value has no valid form. */
function parseIdempotencyKey(header: string): string | null {
  const text = header.trim();
  const quoted = /^"((?:[^"\\]|\\["\\])*)"(?:\s*;.*)?$/.exec(text);
  const key = quoted ? (quoted[1] ?? '').replace(/\\(["\\])/g, '$1') : text;
  return /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key) ? key : null;
}

/** Longest time a caller may be kept waiting, in seconds: below the time-outs of common proxies. */
export const MAX_WAIT_S = 25;

export interface Preference {
  /** Seconds to wait for the outcome; null = answer at once. */
  waitS: number | null;
  /** The caller asked for an asynchronous answer. */
  respondAsync: boolean;
}

/** `Prefer: wait=10`, `respond-async`, or both (RFC 7240). */
export function readPrefer(header: string | string[] | undefined): Preference {
  const parts = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => part.trim().split(';')[0]?.trim() ?? '');
  const waits = parts.map((part) => /^wait\s*=\s*"?(\d+)"?$/i.exec(part)?.[1]).filter((wait) => wait !== undefined);
  const first = waits[0];
  return {
    waitS: first === undefined ? null : Math.min(Number(first), MAX_WAIT_S),
    respondAsync: parts.some((part) => part.toLowerCase() === 'respond-async'),
  };
}
