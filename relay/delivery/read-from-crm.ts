import type { SourceConfig } from '../config/schema-sources';
import { mapRecords } from '../http/accept/map-records';
import type { Mapper } from '../http/services';
import { enqueueScreened, type ScreenServices } from '../screening/enqueue-screened';
import type { Settlement, TakenBatch, TakenOperation } from '../store/types';
import type { CrmAdapter } from './crm-adapter';
import type { Flow } from '../../flows';
import { writeContext, type ContextOptions, type RecordInContext } from '../context/write-context';
import { ReconcileFailed } from '../netsuite';
import { PullFailed } from '../pull/read-once';
import { settleFault } from './decide-settlement';
import type { RetryPlan } from './decide-settlement';
import type { WorkDone } from './pool-worker';
import { inPool } from './pools';
import { fetchOperation, mergedKey, MERGED_SIDE, type FetchBody } from './to-fetch';

export interface ReadOptions {
  adapter: CrmAdapter;
  screen: ScreenServices;
  mapper: Mapper;
  /** The source a notification came from, and the account its records go to. */
  target: (source: string) => { source: SourceConfig; account: string } | null;
  plan: Omit<RetryPlan, 'nowMs'> & { now: () => number };
  context: ContextOptions;
}

/**
 * Reads the records that notifications named and accepts them like records that were sent. The operations made of a reading are
 * known by it: a crash between storing them and settling the reading adds nothing.
 */
export async function readFromCrm(options: ReadOptions, batch: TakenBatch, signal: AbortSignal): Promise<WorkDone> {
  const { adapter, plan } = options;
  const startedAt = plan.now();
  const object = batch.operations[0]?.object ?? '';
  const ids = batch.operations.map(idOf);
  try {
    const records = await adapter.readRecords(object, ids, signal);
    const settlements: Settlement[] = [];
    for (const [index, operation] of batch.operations.entries()) {
      settlements.push(await acceptRead(options, operation, records.get(ids[index] ?? '')));
    }
    return { settlements, call: { status: 200, units: null, ms: plan.now() - startedAt }, pressure: { kind: 'ok' } };
  } catch (error) {
    const fault = adapter.classifyError(error);
    const now = { ...plan, nowMs: plan.now() };
    return {
      settlements: batch.operations.map((operation) => settleFault(operation, fault, now)),
      call: { status: fault.status ?? null, code: fault.code, units: null, ms: plan.now() - startedAt },
      pressure:
        fault.class === 'throttle'
          ? { kind: 'throttled', ...(fault.retryAfterMs === undefined ? {} : { retryAfterMs: fault.retryAfterMs }) }
          : { kind: 'ok' },
    };
  }
}

const bodyOf = (operation: TakenOperation): FetchBody['fetch'] => (JSON.parse(operation.body) as FetchBody).fetch;
const idOf = (operation: TakenOperation): string => bodyOf(operation).id;

async function acceptRead(options: ReadOptions, operation: TakenOperation, record: unknown): Promise<Settlement> {
  const { seq } = operation;
  const { source: name, object, id, byMachine = false, needed = false } = bodyOf(operation);
  if (record === undefined) {
    // A case leaves nothing in NetSuite that anybody would have to decide about.
    if (isContextOnly(options, name, object)) return { seq, to: 'done', result: 'unchanged' };
    if (await readsInstead(options, operation)) return { seq, to: 'done', result: 'unchanged' };
    const message = `${object} ${id} is not there any more: the CRM does not return it.`;
    const action = 'Decide what becomes of it in NetSuite, then resolve this.';
    return { seq, to: 'dead', error: { code: 'CRM_RECORD_DELETED', class: 'conflict', message, action } };
  }
  const target = options.target(name);
  if (!target) {
    const message = `The source ${name} is no longer configured.`;
    return { seq, to: 'dead', error: { code: 'SOURCE_UNKNOWN', class: 'configuration', message } };
  }
  const asking = options.mapper.contextFlowsFor(target.source, object);
  if (asking.length > 0) {
    const named = { account: target.account, crm: options.adapter.name, source: name, object, id, record };
    const failed = await showContext(options, asking, named, operation);
    if (failed !== null) return failed;
    if (isContextOnly(options, name, object)) return { seq, to: 'done', result: 'unchanged' };
  }
  const mapped = await mapRecords(options.mapper, {
    ...target,
    object,
    records: [record],
    lane: 'realtime',
    dedupeKeys: [`read|${operation.operationId}`],
    byMachine,
    needed,
  });
  const { operations } = mapped;
  if (operations.length > 0)
    await enqueueScreened(options.screen, { source: name, traceId: operation.traceId, operations });
  return { seq, to: 'done', result: mapped.operations.length > 0 ? 'updated' : 'unchanged' };
}

/** A late notice of a record that was merged: the one it lives on in is read, and nobody has to be asked a second time. */
async function readsInstead({ adapter, screen }: ReadOptions, operation: TakenOperation): Promise<boolean> {
  const { source, object, id, ...flags } = bodyOf(operation);
  const [merge] = await screen.store.getShadows(inPool(adapter.name), [
    { side: MERGED_SIDE, key: mergedKey(object, id) },
  ]);
  const into = merge?.projection['into'];
  if (typeof into !== 'string') return false;
  const notices = [`merged|${object}|${id}|${operation.operationId}`];
  const wanted = { crm: adapter.name, source, object, id: into, notices, lane: 'realtime' as const, deleted: false };
  await screen.store.enqueue({
    source: 'relay',
    traceId: operation.traceId,
    operations: [fetchOperation({ ...wanted, ...flags })],
  });
  return true;
}

function isContextOnly({ mapper, target }: ReadOptions, name: string, object: string): boolean {
  const source = target(name)?.source;
  return source !== undefined && mapper.flowsFor(source, object).length === 0;
}

/** A NetSuite that can't be asked is asked again later; the record is read anew then. */
async function showContext(
  { context, plan }: ReadOptions,
  flows: readonly Flow[],
  named: RecordInContext,
  operation: TakenOperation,
): Promise<Settlement | null> {
  try {
    await writeContext(context, flows, named);
    return null;
  } catch (error) {
    if (!(error instanceof PullFailed) && !(error instanceof ReconcileFailed)) throw error;
    const fault = { class: 'transient' as const, code: error.code, message: error.message };
    return settleFault(operation, fault, { ...plan, nowMs: plan.now() });
  }
}
