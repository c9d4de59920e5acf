import { gunzipSync } from 'node:zlib';
import { ProblemError } from './problem';
import { assertNoNul } from './refuse-nul';

export interface BodyLimits {
  /** Largest body, in bytes, after decompression. */
  bodyBytes: number;
  /** Deepest nesting. */
  depth: number;
}

/** Parses a JSON body. Too deep a nesting is refused before parsing, as it would cost stack. */
export function parseJsonBody(body: Buffer, { depth }: Pick<BodyLimits, 'depth'>): unknown {
  if (body.length === 0) throw new ProblemError('invalid-json', 'The body is empty; a JSON document is expected.');
  const text = decode(body);
  const deepest = nestingDepth(text);
  if (deepest > depth) {
    throw new ProblemError('validation-failed', `The body nests ${deepest} levels deep; ${depth} are allowed.`);
  }
  const value = parse(text);
  if (PROTOTYPE.test(text) && namesPrototype(value)) {
    throw new ProblemError(
      'validation-failed',
      'A member is named __proto__, which no record has; nothing was stored.',
    );
  }
  // Only an escape can bring it in, so that most bodies need no second look.
  if (text.includes('\\u0000')) assertNoNul(value);
  return value;
}

/** The name as it is, or with an escape in it. */
const PROTOTYPE = /__proto__|\\u00(?:5f|70|72|6f|74)/i;

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

/** Deepest nesting of arrays and objects, brackets inside strings left out. */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
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
