import type { CallFailure } from './types';

/** A RESTlet of the project answered 200 in a form this version does not know. */
export const misunderstood = (restlet: string, error: unknown): CallFailure => ({
  kind: 'ended',
  class: 'configuration',
  code: 'ANSWER_NOT_UNDERSTOOD',
  message: `The ${restlet} RESTlet answered in a form of its own: ${error instanceof Error ? error.message : String(error)}`,
  status: 200,
  login: false,
});
