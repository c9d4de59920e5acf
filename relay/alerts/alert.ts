/** What an alert can be about. */
export type AlertKind =
  | 'dead'
  | 'review'
  | 'breaker'
  | 'stale'
  | 'saturated'
  | 'delivery'
  | 'drift'
  | 'rates'
  | 'quiet'
  | 'expiry'
  | 'release'
  | 'overdue'
  | 'reset';

export interface Alert {
  kind: AlertKind;
  /** One line: what is the matter, with figures. */
  title: string;
  /** What to do about it. */
  remedy: string;
  /** Some of the operations it is about: never their values. */
  operations: readonly { operationId: string; record: string; code: string; message: string }[];
  /** Where to look. */
  link: string;
  at: string;
}

/** The alert as plain text, for people. */
export function alertText({ title, remedy, operations, link }: Alert): string {
  const list = operations.map(
    ({ operationId, record, code, message }) => `• ${operationId} ${record}: ${code} ${message}`,
  );
  return [title, ...list, remedy, link].filter((line) => line !== '').join('\n');
}
