import { randomBytes } from 'node:crypto';
import type { ReadRow } from '../../contract';
import { mapRow, MapProblemError, type Flow, type RowChange } from '../../flows';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { outPool } from '../delivery/pools';
import { askPage, type PullContext } from '../pull/read-once';
import { deliveryKey, rowOperations, targetsOf } from '../pull/row-operations';
import { compareRows } from './compare-rows';
import { findOrphans } from './find-orphans';
import { addDrift, newReport, type FlowReport } from './report';
import { sumLines, type Line } from './sum-lines';

export interface ReconcileOptions {
  /** Records that changed from this moment on, ISO 8601. */
  since: string;
  /** What changed later than this is still on its way, ISO 8601. */
  until: string;
  repair: boolean;
}

/**
 * Compares all that a flow mirrors, changed since a moment, with what the CRM really holds: against lost writes, edits of mirrored
 * fields, deleted copies, and copies of what NetSuite has deleted. With `repair` what differs is written again.
 */
export async function reconcileMirror(
  context: PullContext,
  adapters: readonly CrmAdapter[],
  flow: Flow,
  options: ReconcileOptions,
  signal: AbortSignal,
): Promise<FlowReport> {
  const report = newReport(flow);
  const page = flow.source?.page;
  if (page === undefined || page === 'entitlements') return report;
  const targets = targetsOf(flow, context.crm).flatMap(({ name }) => adapters.filter((one) => one.name === name));
  const lines = new Map<CrmAdapter, Line[]>(targets.map((adapter) => [adapter, []]));
  let after: string | undefined;
  do {
    const read = await askPage(context, { page, since: options.since, after });
    const rows = mappable(context, flow, read.rows);
    const changes = rows.map(({ change }) => change);
    for (const adapter of targets) {
      const compared = await compareRows(adapter, flow, changes, signal);
      const pending = await underWay(context, adapter, flow, compared.stale);
      report.compared += rows.length;
      report.pending += pending.size;
      addDrift(
        report,
        compared.drift.filter(({ rowKey }) => !pending.has(rowKey)),
      );
      lines.get(adapter)?.push(...compared.lines);
      const stale = compared.stale.filter(({ rowKey }) => !pending.has(rowKey));
      if (options.repair && stale.length > 0) {
        const again = rows.filter(({ change }) => stale.includes(change)).map(({ row }) => row);
        report.repaired += await writeAgain(context, flow, adapter.name, again);
      }
    }
    after = read.after;
  } while (after !== undefined && !signal.aborted);
  for (const [adapter, all] of lines) {
    const seen = new Set(all.map(({ key }) => key));
    addDrift(report, await findOrphans(context, adapter, flow, { since: options.since, seen }, signal));
    if (all.length > 0) report.periods.push(sumLines({ from: options.since, to: options.until }, all));
  }
  return report;
}

/** Rows whose write is on its way, or waits for a decision: they are no news. */
async function underWay(
  { store }: PullContext,
  { name }: CrmAdapter,
  flow: Flow,
  stale: readonly RowChange[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { rowKey } of stale) {
    const externalId = deliveryKey(flow, rowKey);
    const known = await store.findRecord(outPool(name), flow.recordType, { externalId });
    if ((known?.liveOperations ?? 0) > 0) found.add(rowKey);
  }
  return found;
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
  const { store, account, retrySeconds, now } = context;
  const options = { store, account, retrySeconds, now, set: context.set(), lane: 'bulk' as const };
  const target = context.crm.filter(({ name }) => name === crm);
  const { operations, shadows } = await rowOperations({ ...options, crm: target, anew: true }, [flow], rows);
  if (operations.length === 0) return 0;
  await store.enqueue({ source: 'netsuite', traceId: randomBytes(16).toString('hex'), operations, shadows });
  return operations.length;
}
