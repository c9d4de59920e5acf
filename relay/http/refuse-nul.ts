import type { NextFunction, Request, Response } from 'express';
import { pointerOf, ProblemError, type ProblemDetail } from './problem';

/**
 * U+0000 has no place in text that is stored: PostgreSQL and XML know none, and NetSuite speaks XML. It is refused where it comes in, whatever
 * the store.
 */
const NUL = '\u0000';

/** For addresses, whose parts are compared with what is stored. */
export function refuseNulInAddress(request: Request, _response: Response, next: NextFunction): void {
  if (request.originalUrl.includes('%00')) next(new ProblemError('invalid-request', 'The address holds %00.'));
  else next();
}

/** For what came as JSON, or in headers. Throws 422 with a pointer to each place. */
export function assertNoNul(value: unknown): void {
  const errors = [...placesOf(value, [])];
  if (errors.length > 0) {
    throw new ProblemError(
      'validation-failed',
      `A text holds the character U+0000; nothing was stored. ${errors[0]?.pointer}`,
      {
        errors: errors.slice(0, 50),
      },
    );
  }
}

export const holdsNul = (text: string): boolean => text.includes(NUL);

function* placesOf(value: unknown, path: string[]): Generator<ProblemDetail> {
  if (typeof value === 'string') {
    if (holdsNul(value)) yield { pointer: pointerOf(path), detail: 'holds the character U+0000', code: 'invalid_text' };
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      if (holdsNul(name)) yield { pointer: pointerOf(path), detail: 'has a name with U+0000', code: 'invalid_text' };
      yield* placesOf(part, [...path, name]);
    }
  }
}
