import { Counter, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/types';
import { outcomesOf, type CountOutcomes } from '../telemetry/count-outcomes';
import { fewNames } from './few-names';
import { addStoreGauges } from './store-gauges';

/** Prometheus metrics of the relay. Gauges over the store are read when they are scraped. */
export interface RelayMetrics {
  registry: Registry;
  requests: Counter<'route' | 'status'>;
  requestSeconds: Histogram<'route'>;
  sourceCalls: Counter<'source'>;
  accepted: Counter<'source' | 'object'>;
  refused: Counter<'problem'>;
  screened: Counter<'flow' | 'outcome'>;
  settled: Counter<'state'>;
  events: Counter<'outcome'>;
  deliveries: Counter<'target' | 'outcome'>;
  flowOutcomes: Counter<'flow' | 'outcome' | 'class'>;
  flowSeconds: Histogram<'flow'>;
  /** Names that callers choose, as labels: see there. */
  nameOf: (name: string) => string;
}

export function createMetrics(store: Store): RelayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const metrics: RelayMetrics = {
    registry,
    requests: new Counter({
      name: 'suiterelay_http_requests_total',
      help: 'Requests answered, by route and HTTP status.',
      labelNames: ['route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'suiterelay_http_request_seconds',
      help: 'Time from a request to its answer.',
      labelNames: ['route'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
      registers,
    }),
    sourceCalls: new Counter({
      name: 'suiterelay_source_calls_total',
      help: 'Requests whose key or signature was that of a source.',
      labelNames: ['source'],
      registers,
    }),
    accepted: new Counter({
      name: 'suiterelay_operations_accepted_total',
      help: 'Operations accepted since the start of this process.',
      labelNames: ['source', 'object'],
      registers,
    }),
    refused: new Counter({
      name: 'suiterelay_requests_refused_total',
      help: 'Requests answered with a problem, by its slug.',
      labelNames: ['problem'],
      registers,
    }),
    screened: new Counter({
      name: 'suiterelay_changes_screened_total',
      help: 'Changes of CRMs that were not carried over as they came: unchanged, stale, partly, review.',
      labelNames: ['flow', 'outcome'],
      registers,
    }),
    settled: new Counter({
      name: 'suiterelay_operations_settled_total',
      help: 'Operations that became final or went to review, seen by this process.',
      labelNames: ['state'],
      registers,
    }),
    events: new Counter({
      name: 'suiterelay_netsuite_events_total',
      help: 'Change events of NetSuite: accepted, duplicate or refused.',
      labelNames: ['outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'suiterelay_deliveries_total',
      help: 'Writes to a CRM by outcome.',
      labelNames: ['target', 'outcome'],
      registers,
    }),
    ...flowMetrics(registers),
    nameOf: fewNames(),
  };
  addStoreGauges(registry, store);
  return metrics;
}

const flowMetrics = (registers: Registry[]): Pick<RelayMetrics, 'flowOutcomes' | 'flowSeconds'> => ({
  flowOutcomes: new Counter({
    name: 'suiterelay_flow_outcomes_total',
    help: 'What became of the operations of a flow each time they were carried out, with the class of a failure.',
    labelNames: ['flow', 'outcome', 'class'],
    registers,
  }),
  flowSeconds: new Histogram({
    name: 'suiterelay_flow_seconds',
    help: 'Time from the acceptance of an operation to its end, by flow.',
    labelNames: ['flow'],
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
    registers,
  }),
});

/** Counts outcomes by flow, and how long each took that ended. */
export const countOutcomes =
  ({ flowOutcomes, flowSeconds, nameOf }: RelayMetrics, now: () => number): CountOutcomes =>
  (operations, settlements) => {
    for (const { flow: name, outcome, class: failure, tookMs } of outcomesOf(operations, settlements, now())) {
      const flow = nameOf(name);
      flowOutcomes.inc({ flow, outcome, class: failure });
      if (tookMs !== null) flowSeconds.observe({ flow }, tookMs / 1000);
    }
  };
