import { misunderstood } from './misunderstood';
import type { CallFailure, RestletAnswer } from './types';

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: CallFailure };

/** An answer that is not in the form of the contract is a failure like any other: another version of the scripts is deployed. */
export function parseAnswer<T>(restlet: string, called: RestletAnswer, read: (body: unknown) => T): Outcome<T> {
  if (!called.ok) return called;
  try {
    return { ok: true, value: read(called.body) };
  } catch (error) {
    return { ok: false, failure: misunderstood(restlet, error) };
  }
}
