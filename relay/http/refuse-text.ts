import type { NextFunction, Request, Response } from 'express';
import { pointerOf, ProblemError, type ProblemDetail } from './problem';

/**
 * U+0000 has no place in text that is stored: PostgreSQL and XML know none, and NetSuite speaks XML. It is refused where it comes in, whatever
 * the store. Half a surrogate pair is no character: UTF-8 can't hold it, and would make one and the same of all of them.
 */
const NUL = '\u0000';

/** For addresses, whose parts are compared with what is stored. */
export function refuseNulInAddress(request: Request, _response: Response, next: NextFunction): void {
  if (request.originalUrl.includes('%00')) next(new ProblemError('invalid-request', 'The address holds %00.'));
  else next();
}

/** For what came as JSON, or in headers. Throws 422 with a pointer to each place. */
export function assertSoundText(value: unknown): void {
  const errors = [...placesOf(value, [])];
  const [first] = errors;
  if (first) {
    throw new ProblemError(
      'validation-failed',
      `A text can't be stored as it is; nothing was stored. ${first.pointer} ${first.detail}`,
      { errors: errors.slice(0, 50) },
    );
  }
}

export const holdsNul = (text: string): boolean => text.includes(NUL);

const faultOf = (text: string): string | null => {
  if (holdsNul(text)) return 'the character U+0000';
  return text.isWellFormed() ? null : 'half of a surrogate pair, which is no character';
};

function* placesOf(value: unknown, path: string[]): Generator<ProblemDetail> {
  if (typeof value === 'string') {
    const fault = faultOf(value);
    if (fault) yield { pointer: pointerOf(path), detail: `holds ${fault}`, code: 'invalid_text' };
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const fault = faultOf(name);
      if (fault) yield { pointer: pointerOf(path), detail: `has a name with ${fault}`, code: 'invalid_text' };
      yield* placesOf(part, [...path, name]);
    }
  }
}
