import { gunzipSync } from 'node:zlib';
import { findLosses, type Loss } from '../parse/find-losses';
import { surveyJson } from '../parse/survey-json';
import { pointerOf, ProblemError, type ProblemDetail } from './problem';
import { assertSoundText } from './refuse-text';

export interface BodyLimits {
  /** Largest body, in bytes, after decompression. */
  bodyBytes: number;
  /** Deepest nesting. */
  depth: number;
}

/**
 * Parses a JSON body. Too deep a nesting is refused before parsing, as it would cost stack; and so is what parsing would change without a word: a
 * number that JavaScript rounds, a member that stands twice, half a character.
 */
export function parseJsonBody(body: Buffer, { depth }: Pick<BodyLimits, 'depth'>): unknown {
  if (body.length === 0) throw new ProblemError('invalid-json', 'The body is empty; a JSON document is expected.');
  const text = decode(body);
  const seen = surveyJson(text);
  const { deepest, escapes } = seen;
  if (deepest > depth) {
    throw new ProblemError('validation-failed', `The body nests ${deepest} levels deep; ${depth} are allowed.`);
  }
  const value = parse(text);
  if ((text.includes('__proto__') || (escapes && PROTOTYPE.test(text))) && namesPrototype(value)) {
    throw new ProblemError(
      'validation-failed',
      'A member is named __proto__, which no record has; nothing was stored.',
    );
  }
  assertNothingLost(findLosses(text, value, seen));
  // Only an escape can bring them in, so that most bodies need no second look.
  if (escapes && UNSOUND.test(text)) assertSoundText(value);
  return value;
}

/** U+0000, or a half of a surrogate pair. */
const UNSOUND = /\\u(?:0000|d[89a-f])/i;

function assertNothingLost(losses: readonly Loss[]): void {
  const errors = losses.map(detailOf);
  const [first] = errors;
  if (first)
    throw new ProblemError('validation-failed', `Nothing was stored. ${first.pointer} ${first.detail}`, { errors });
}

const detailOf = ({ kind, path, text }: Loss): ProblemDetail => ({
  pointer: pointerOf(path),
  detail:
    kind === 'number'
      ? `is a number that would be rounded (${text.slice(0, 40)}): send it as text, in quotes`
      : 'stands twice in its object: send it once',
  code: kind === 'number' ? 'number_not_exact' : 'duplicate_name',
});

/** An escape that may stand in the name. */
const PROTOTYPE = /\\u00(?:5f|70|72|6f|74)/i;

/** A copy of such an object, as every check makes one, would leave the member out without a word. */
const namesPrototype = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(namesPrototype));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError('invalid-json', `The body is not valid JSON: ${reason.slice(0, 200)}`);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new ProblemError('invalid-json', 'The body is not valid UTF-8.');
  }
}

/** Undoes gzip up to a size: a small body can't become a huge one. */
export function inflate(body: Buffer, encoding: string | undefined, maxBytes: number): Buffer {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  if (name !== 'gzip' && name !== 'x-gzip') {
    throw new ProblemError('unsupported-media-type', `Content-Encoding ${name} is not accepted; send gzip or none.`);
  }
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new ProblemError('invalid-request', 'The body is not valid gzip.');
  }
}

export const tooLarge = (maxBytes: number): ProblemError =>
  new ProblemError('payload-too-large', `The body is larger than ${maxBytes} bytes; send fewer records in a request.`);
