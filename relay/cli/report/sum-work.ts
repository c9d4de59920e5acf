import type { ReportedOperation } from './types';

export interface WorkRow {
  /** Flow, or record type of what came without one. */
  what: string;
  created: number;
  updated: number;
  /** Already as wanted, or known before: answered without a write. */
  unchanged: number;
  /** Older than what was there, replaced by something newer, or sent before. */
  overtaken: number;
  failed: number;
  open: number;
  /** From acceptance to the end, of what was written, in ms. */
  medianMs: number | null;
  p95Ms: number | null;
}

/** What was done in a period, by flow: what nobody had to type, and what was kept from being written twice or wrongly. Pure. */
export function sumWork(operations: Iterable<ReportedOperation>): WorkRow[] {
  const rows = new Map<string, WorkRow & { times: number[] }>();
  for (const operation of operations) {
    const what = operation.flow ?? operation.recordType;
    const row = rows.get(what) ?? { ...EMPTY, what, times: [] };
    rows.set(what, row);
    const counted = columnOf(operation);
    row[counted] += 1;
    if (counted === 'created' || counted === 'updated')
      row.times.push(Date.parse(operation.updatedAt) - Date.parse(operation.createdAt));
  }
  return [...rows.values()]
    .map(({ times, ...row }) => {
      times.sort((a, b) => a - b);
      return { ...row, medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
    })
    .sort((a, b) => b.created + b.updated - (a.created + a.updated));
}

const EMPTY = { created: 0, updated: 0, unchanged: 0, overtaken: 0, failed: 0, open: 0, medianMs: null, p95Ms: null };

function columnOf({
  state,
  result,
}: ReportedOperation): 'created' | 'updated' | 'unchanged' | 'overtaken' | 'failed' | 'open' {
  if (state === 'done')
    return result === 'created'
      ? 'created'
      : result === 'unchanged'
        ? 'unchanged'
        : result === 'updated'
          ? 'updated'
          : 'overtaken';
  if (state === 'superseded') return 'overtaken';
  return state === 'review' || state === 'dead' || state === 'cancelled' ? 'failed' : 'open';
}

const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null;
