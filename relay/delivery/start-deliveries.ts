import type { Logger } from 'pino';
import type { RelayConfig } from '../config/schema';
import type { SourceConfig } from '../config/schema-sources';
import { sourceOfCrm } from '../crm/source-of-crm';
import type { ContextOptions } from '../context/write-context';
import { countOutcomes, type RelayMetrics } from '../http/metrics';
import type { Mapper } from '../http/services';
import type { ScreenServices } from '../screening/enqueue-screened';
import type { Store, TakenBatch } from '../store/types';
import type { CrmAdapter } from './crm-adapter';
import { createPace } from './pace';
import { PoolWorker } from './pool-worker';
import type { WorkDone } from './pool-worker';
import { inPool, outPool } from './pools';
import { readFromCrm } from './read-from-crm';
import { writeToCrm } from './write-to-crm';

export interface DeliveryOptions {
  store: Store;
  config: RelayConfig;
  adapters: readonly CrmAdapter[];
  mapper: Mapper;
  screen: ScreenServices;
  target: (source: string) => { source: SourceConfig; account: string } | null;
  context: ContextOptions;
  metrics: RelayMetrics;
  holder: string;
  log: Logger;
  /** The store's clock. */
  now: () => number;
}

/** Margin of a lease over the longest call, in ms. */
const LEASE_MARGIN_MS = 15_000;

/** Starts a worker for writes and one for readings of every CRM; both share the CRM's rate. */
export async function startDeliveries(options: DeliveryOptions): Promise<{ stop: (drainMs: number) => Promise<void> }> {
  const workers = options.adapters.flatMap((adapter) => workersOf(adapter, options));
  for (const worker of workers) await worker.start();
  return {
    stop: async (drainMs) => {
      await Promise.all(workers.map((worker) => worker.stop(drainMs)));
    },
  };
}

function workersOf(adapter: CrmAdapter, options: DeliveryOptions): PoolWorker[] {
  const { store, config, mapper, screen, target, context, metrics, holder, log, now } = options;
  const crm = config.crm.find(({ name }) => name === adapter.name);
  if (!crm) return [];
  const { perSecond, inFlight, batch } = crm.limits;
  const { retrySeconds, timeoutMs } = config.delivery;
  const plan = { retrySeconds, now, random: Math.random };
  const source = sourceOfCrm(config, crm);
  const linking = source && { store, source: source.name };
  const longestMs = timeoutMs * (adapter.callsFor?.(batch) ?? batch);
  const common = {
    store,
    holder,
    slots: inFlight,
    batch,
    leaseMs: longestMs + LEASE_MARGIN_MS,
    pace: createPace(perSecond, () => performance.now()),
    log,
    now,
  };
  const count = countOutcomes(metrics, now);
  const counted =
    (work: (taken: TakenBatch, signal: AbortSignal) => Promise<WorkDone>) =>
    async (taken: TakenBatch, signal: AbortSignal) => {
      const done = await work(taken, signal);
      for (const { to } of done.settlements) metrics.deliveries.inc({ target: adapter.name, outcome: to });
      count(taken.operations, done.settlements);
      return done;
    };
  return [
    new PoolWorker({
      ...common,
      pool: outPool(adapter.name),
      work: counted((taken, signal) => writeToCrm(adapter, taken, callSignal(signal, longestMs), plan, linking)),
    }),
    new PoolWorker({
      ...common,
      pool: inPool(adapter.name),
      work: counted((taken, signal) =>
        readFromCrm({ adapter, screen, mapper, target, plan, context }, taken, callSignal(signal, timeoutMs)),
      ),
    }),
  ];
}

const callSignal = (stop: AbortSignal, timeoutMs: number): AbortSignal =>
  AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
