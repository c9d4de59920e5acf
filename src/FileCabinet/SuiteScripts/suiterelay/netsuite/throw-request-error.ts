import error from 'N/error';
import { failureIn } from '../upsert/operation-failure';
import type { Code } from '../../../../../contract/codes';

/** A fault of the whole request: a RESTlet can't choose its status, so the error's name tells (Oracle page section_4634920277). */
export function throwRequestError(code: Code, message: string): never {
  // A SuiteScript error is no instance of Error, and it must be one: only its name reaches the caller as the code.
  throw error.create({ name: code, message, notifyOff: true }) as unknown as Error;
}

/** Runs the body of a RESTlet; a fault of the whole request becomes a named SuiteScript error. */
export function withRequestErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    const failure = failureIn(thrown);
    if (failure !== null) throwRequestError(failure.code as Code, failure.message);
    throw thrown;
  }
}
