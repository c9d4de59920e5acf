import { randomBytes } from 'node:crypto';
import type { ReadRow } from '../../contract';
import { mapRow, MapProblemError, type Flow, type RowChange } from '../../flows';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { askPage, type PullContext } from '../pull/read-once';
import { rowOperations, targetsOf } from '../pull/row-operations';
import { compareRows, type Drift } from './compare-rows';

export interface ReconcileReport {
  flow: string;
  /** Rows of NetSuite that were compared, over all CRMs. */
  compared: number;
  /** Records that are written again. */
  repaired: number;
  drift: Drift[];
}

/** Drift that a report lists by record; the rest is only counted. */
const LISTED = 1_000;

/**
 * Compares all that a flow mirrors, changed since a moment, with what the CRM really holds: against lost writes, edits of mirrored
 * fields and deleted copies. With `repair` what differs is written again.
 */
export async function reconcileFlow(
  context: PullContext,
  adapters: readonly CrmAdapter[],
  flow: Flow,
  options: { since: string; repair: boolean },
  signal: AbortSignal,
): Promise<ReconcileReport> {
  const report: ReconcileReport = { flow: flow.id, compared: 0, repaired: 0, drift: [] };
  const page = flow.source?.page;
  if (page === undefined || page === 'entitlements') return report;
  let after: string | undefined;
  do {
    const read = await askPage(context, { page, since: options.since, after });
    for (const { name } of targetsOf(flow, context.crm)) {
      const adapter = adapters.find((one) => one.name === name);
      const rows = mappable(context, flow, read.rows);
      if (!adapter) continue;
      const { drift, stale } = await compareRows(
        adapter,
        flow,
        rows.map(({ change }) => change),
        signal,
      );
      report.compared += rows.length;
      report.drift.push(...drift.slice(0, Math.max(0, LISTED - report.drift.length)));
      if (options.repair && stale.length > 0) {
        const again = rows.filter(({ change }) => stale.includes(change)).map(({ row }) => row);
        report.repaired += await writeAgain(context, flow, name, again);
      }
    }
    after = read.after;
  } while (after !== undefined && !signal.aborted);
  context.log.info(
    { flow: flow.id, compared: report.compared, drift: report.drift.length, repaired: report.repaired },
    'reconciled',
  );
  return report;
}

/** A row that can't be mapped is in review already; the others are compared. */
function mappable(context: PullContext, flow: Flow, rows: readonly ReadRow[]): { row: ReadRow; change: RowChange }[] {
  const set = context.set();
  return rows.flatMap((row) => {
    try {
      const change = mapRow(flow, row, set.context);
      return change === null ? [] : [{ row, change }];
    } catch (error) {
      if (error instanceof MapProblemError) return [];
      throw error;
    }
  });
}

async function writeAgain(context: PullContext, flow: Flow, crm: string, rows: readonly ReadRow[]): Promise<number> {
  const { store, account, retrySeconds } = context;
  const options = { store, account, retrySeconds, set: context.set(), lane: 'bulk' as const };
  const target = context.crm.filter(({ name }) => name === crm);
  const { operations, shadows } = await rowOperations({ ...options, crm: target, anew: true }, [flow], rows);
  if (operations.length === 0) return 0;
  await store.enqueue({ source: 'netsuite', traceId: randomBytes(16).toString('hex'), operations, shadows });
  return operations.length;
}
