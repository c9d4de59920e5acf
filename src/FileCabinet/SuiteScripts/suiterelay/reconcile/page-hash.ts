import type { ReconcileRow } from '../../../../../contract/reconcile';

/** The text a page's hash is made over: one line a record, in the order of ids, so that both sides can compute it. */
export const pageText = (rows: readonly ReconcileRow[]): string =>
  rows.map((row) => [row.internalId, row.externalId ?? '', row.version ?? '', row.hash ?? ''].join('|')).join('\n');
