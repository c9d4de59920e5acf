import type { Flow } from '../../flows';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { targetsOf } from '../pull/row-operations';
import { compareChanges, type Compared } from './compare-changes';
import { findVanished } from './find-vanished';
import { readAgain, type InboundContext } from './read-again';
import type { ReconcileOptions } from './reconcile-mirror';
import { addDrift, newReport, type Drift, type FlowReport } from './report';
import { dayOf, sumLines, type Line } from './sum-lines';

/** Records of one reading of the CRM. */
const STEP = 100;

/**
 * Compares what a flow takes from a CRM, changed there since a moment, with what NetSuite really holds: an order that never arrived, a
 * change that was lost, a record whose original is gone. Day by day both sides are counted and hashed. With `repair` what NetSuite
 * lacks, or was not confirmed to hold, is read from the CRM again and takes the usual way.
 */
export async function reconcileInbound(
  context: InboundContext,
  adapters: readonly CrmAdapter[],
  flow: Flow,
  options: ReconcileOptions,
  signal: AbortSignal,
): Promise<FlowReport> {
  const report = newReport(flow);
  for (const { name } of targetsOf(flow, context.crm)) {
    const adapter = adapters.find((one) => one.name === name);
    if (!adapter?.readChanges) continue;
    const seen = new Set<string>();
    const days = new Map<string, Line[]>();
    for await (const page of adapter.readChanges(flow.object, options.since, signal)) {
      const fresh = page.filter(({ id, at, deleted }) => !deleted && at < options.until && !seen.has(id));
      for (const { id, deleted } of page) if (!deleted) seen.add(id);
      for (let from = 0; from < fresh.length; from += STEP) {
        const part = fresh.slice(from, from + STEP);
        const compared = await compareChanges(context, adapter, flow, part, signal);
        for (const { line, at } of compared) days.set(dayOf(at).from, [...(days.get(dayOf(at).from) ?? []), line]);
        await settle(context, { adapter, flow, repair: options.repair }, compared, report);
      }
    }
    addDrift(report, await findVanished(context, adapter, flow, { ...options, seen }, signal));
    for (const [day, lines] of [...days].sort()) report.periods.push(sumLines(dayOf(day), lines));
  }
  return report;
}

/** Differences into the report, and with `repair` back onto the way. */
async function settle(
  context: InboundContext,
  { adapter, flow, repair }: { adapter: CrmAdapter; flow: Flow; repair: boolean },
  compared: readonly Compared[],
  report: FlowReport,
): Promise<void> {
  report.compared += compared.length;
  const again: Compared[] = [];
  for (const one of compared) {
    if (one.state === 'equal') continue;
    const known = await context.store.findRecord(context.account, flow.recordType, {
      externalId: one.expected.externalId,
    });
    if ((known?.liveOperations ?? 0) > 0) {
      report.pending += 1;
      continue;
    }
    again.push(one);
    if (one.state === 'unproven') report.unproven += 1;
    else addDrift(report, driftOf(adapter.name, flow, one));
  }
  if (repair && again.length > 0) report.repaired += await readAgain(context, adapter, flow, again);
}

function driftOf(crm: string, flow: Flow, { expected, crmId, state, fields, problem }: Compared): Drift[] {
  const known = { flow: flow.id, crm, object: flow.object, rowKey: expected.externalId, crmId };
  if (state === 'missing')
    return [{ kind: 'missingInNetSuite', ...known, ...(problem === undefined ? {} : { crmValue: problem }) }];
  return [{ kind: 'different', ...known, field: fields.join(', ') }];
}
