import type { ReconcileRow } from './reconcile';

/** The text a page's SHA-256 is made over: one line a record, in the order of ids, so that both sides can compute it. */
export const reconcileText = (rows: readonly ReconcileRow[]): string =>
  rows.map((row) => [row.internalId, row.externalId ?? '', row.version ?? '', row.hash ?? ''].join('|')).join('\n');
