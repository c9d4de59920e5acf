import { throwRequestError } from './throw-request-error';
import { missingToView } from './missing-to-view';

/** Refuses a request about record types that this role may not view: their rows would be left out without a word. */
export function assertReadable(recordTypes: readonly string[]): void {
  for (const recordType of recordTypes) {
    const lacking = missingToView(recordType);
    if (lacking === null) continue;
    throwRequestError('NOT_READABLE', `the role can't see any ${recordType}; grant it ${lacking}`);
  }
}
