import type { Code } from '../contract';

/** A value that has no meaning in NetSuite. `remedy` says what to change, and where. */
export class TransformError extends Error {
  readonly code: Code;
  readonly remedy: string;

  constructor(code: Code, message: string, remedy: string) {
    super(message);
    this.name = 'TransformError';
    this.code = code;
    this.remedy = remedy;
  }
}
