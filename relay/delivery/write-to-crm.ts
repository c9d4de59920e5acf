import type { Settlement, TakenBatch, TakenOperation } from '../store/types';
import type { CrmAdapter, CrmWrite, CrmWriteOutcome } from './crm-adapter';
import { settleOutcome } from './decide-settlement';
import type { RetryPlan } from './decide-settlement';
import type { WorkDone } from './pool-worker';
import { linkWritten, type LinkBack, type LinkStore, type Written } from './link-written';
import { resolveTargets } from './resolve-targets';
import { verifyWritten } from './verify-written';

/** Body of an operation in an `out:` pool. */
export interface DeliveryBody {
  deliver: {
    /** The CRM's name of the object. */
    object: string;
    match: CrmWrite['match'];
    fields: Readonly<Record<string, unknown>>;
  } & Omit<CrmWrite, 'operationId' | 'crmId' | 'match' | 'fields'>;
  /** The record of NetSuite that is linked to the CRM's, once that is written. */
  link?: LinkBack;
}

/** Writes a batch to a CRM. Items are of one record type; those of several objects go in a call each. */
export async function writeToCrm(
  adapter: CrmAdapter,
  batch: TakenBatch,
  signal: AbortSignal,
  plan: Omit<RetryPlan, 'nowMs'> & { now: () => number },
  linking?: LinkStore,
): Promise<WorkDone> {
  const startedAt = plan.now();
  const settlements: Settlement[] = [];
  const written: Written[] = [];
  let throttled: number | null = null;
  let code: string | undefined;
  let status: number | null = null;
  for (const [object, operations] of byObject(batch.operations)) {
    const outcomes = await callAdapter(adapter, object, batch.batchId, operations, signal);
    const now = { ...plan, nowMs: plan.now() };
    operations.forEach((operation, index) => {
      const outcome = outcomes[index] ?? missingOutcome;
      settlements.push(settleOutcome(operation, outcome, now));
      if (outcome.ok) {
        status ??= 200;
        written.push({ operation, crmId: outcome.crmId ?? operation.crmId });
      } else {
        code ??= outcome.fault.code;
        status = outcome.fault.status ?? status;
        if (outcome.fault.class === 'throttle') throttled = Math.max(throttled ?? 0, outcome.fault.retryAfterMs ?? 0);
      }
    });
  }
  // Before they are settled: a relay that ends in between writes them again, to the same records, and links them then.
  if (linking) await linkWritten(linking, written);
  return {
    settlements,
    call: { status, code, units: null, ms: plan.now() - startedAt },
    pressure:
      throttled === null
        ? { kind: 'ok' }
        : { kind: 'throttled', ...(throttled > 0 ? { retryAfterMs: throttled } : {}) },
  };
}

const missingOutcome: CrmWriteOutcome = {
  ok: false,
  fault: { class: 'transient', code: 'NO_OUTCOME', message: 'The CRM answered fewer outcomes than records were sent.' },
};

async function callAdapter(
  adapter: CrmAdapter,
  object: string,
  requestId: string,
  operations: readonly TakenOperation[],
  signal: AbortSignal,
): Promise<readonly CrmWriteOutcome[]> {
  const items = operations.map(toWrite);
  try {
    const resolved = await resolveTargets(adapter, object, items, signal);
    const answers =
      resolved.items.length === 0 ? [] : await adapter.writeBatch({ object, requestId, items: resolved.items }, signal);
    const outcomes = new Map(resolved.outcomes);
    resolved.items.forEach((item, at) => outcomes.set(item.operationId, answers[at] ?? missingOutcome));
    const written = resolved.items.map((item, at) => ({ item, outcome: answers[at] ?? missingOutcome }));
    for (const [id, outcome] of await verifyWritten(adapter, object, written, signal)) outcomes.set(id, outcome);
    return items.map(({ operationId }) => outcomes.get(operationId) ?? missingOutcome);
  } catch (error) {
    const fault = adapter.classifyError(error);
    return operations.map(() => ({ ok: false, fault }));
  }
}

function toWrite(operation: TakenOperation): CrmWrite {
  const {
    deliver: { object: _object, ...write },
  } = JSON.parse(operation.body) as DeliveryBody;
  return { ...write, operationId: operation.operationId, crmId: operation.crmId };
}

function byObject(operations: readonly TakenOperation[]): Map<string, TakenOperation[]> {
  const groups = new Map<string, TakenOperation[]>();
  for (const operation of operations)
    groups.set(operation.object, [...(groups.get(operation.object) ?? []), operation]);
  return groups;
}
