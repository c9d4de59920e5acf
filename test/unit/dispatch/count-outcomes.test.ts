import { createMetrics, countOutcomes } from '../../../relay/http/metrics';
import type { Settlement, Store, TakenOperation } from '../../../relay/store/types';

const operation = (seq: number, flow: string | null): TakenOperation =>
  ({ seq, flow, object: 'Account', createdAt: 1_000 }) as TakenOperation;
const error = { code: 'DUPLICATE_VALUE', class: 'conflict' as const, message: 'taken' };

it('counts outcomes, conflicts, retries and times by flow, and nothing for what a call handed back untouched', async () => {
  const store = {
    stats: () => Promise.resolve({ byState: {}, oldestQueuedAt: null }),
    pools: () => Promise.resolve([]),
  };
  const metrics = createMetrics(store as unknown as Store);
  const settlements: Settlement[] = [
    { seq: 1, to: 'done', result: 'created' },
    { seq: 2, to: 'done', result: 'duplicate' },
    { seq: 3, to: 'review', error },
    { seq: 4, to: 'waiting', runAt: 9_000, counted: true, error: { ...error, class: 'transient' } },
    { seq: 5, to: 'ready', counted: false, code: 'DEFERRED' },
    { seq: 6, to: 'dead', error: { ...error, class: 'data' } },
  ];
  const flows = ['a.customer', 'a.customer', 'a.customer', 'a.order', 'a.order', null];
  countOutcomes(metrics, () => 3_000)(
    flows.map((flow, at) => operation(at + 1, flow)),
    settlements,
  );
  const text = await metrics.registry.metrics();
  expect(text.split('\n').filter((line) => line.startsWith('suiterelay_flow_outcomes_total'))).toEqual([
    'suiterelay_flow_outcomes_total{flow="a.customer",outcome="created",class=""} 1',
    'suiterelay_flow_outcomes_total{flow="a.customer",outcome="duplicate",class=""} 1',
    'suiterelay_flow_outcomes_total{flow="a.customer",outcome="review",class="conflict"} 1',
    'suiterelay_flow_outcomes_total{flow="a.order",outcome="retry",class="transient"} 1',
    'suiterelay_flow_outcomes_total{flow="Account",outcome="dead",class="data"} 1',
  ]);
  expect(text).toContain('suiterelay_flow_seconds_sum{flow="a.customer"} 4');
  expect(text).toContain('suiterelay_flow_seconds_count{flow="a.customer"} 2');
  expect(text).not.toContain('suiterelay_flow_seconds_count{flow="a.order"}');
});
