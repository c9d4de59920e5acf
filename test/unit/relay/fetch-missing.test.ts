import { pino } from 'pino';
import { loadFlows } from '../../../flows';
import { fetchMissing, type FetchMissingOptions, type Looked } from '../../../relay/crm/fetch-missing';
import type { CrmConfig } from '../../../relay/config/schema-crm';
import type { SourceConfig } from '../../../relay/config/schema-sources';
import { newOperation, POOL, StoreBench } from '../../helpers/stores';

test('a parent is asked for however many newer ones wait for records that no CRM has, and each is asked for once', async () => {
  const bench = await StoreBench.inMemory();
  try {
    const requires = (externalId: string) => [{ recordType: 'customer', externalId }];
    const waiting = (id: string, parent: string) => {
      const missing = requires(parent);
      const body = { recordType: 'contact', action: 'upsert', key: { externalId: id }, fields: {}, requires: missing };
      return newOperation(id, { recordType: 'contact', requires: missing, requiresLimitMs: 86_400_000, body });
    };
    const error = { code: 'MISSING_REQUIRED_RECORD', class: 'dependency' as const, message: 'not there' };
    const parent = 'SF_ACCT_001XX000003DGB2AAO';
    const nowhere = Array.from({ length: 450 }, (_, at) => waiting(`C${at}`, `ELSEWHERE_${at}`));
    await bench.accept(...nowhere.slice(0, 150), waiting('CHILD', parent), ...nowhere.slice(150));
    for (let batch = await bench.take(); batch; batch = await bench.take()) {
      const missingOf = new Map(
        batch.operations.map(({ seq, body }) => [seq, (JSON.parse(body) as ReturnType<typeof waiting>).requires ?? []]),
      );
      await bench.settle(batch, (seq) => ({
        seq,
        to: 'parked',
        missing: missingOf.get(seq) ?? [],
        until: bench.now + 86_400_000,
        error,
      }));
    }
    bench.advance(10_000);
    const options: FetchMissingOptions = {
      store: bench.store,
      accounts: [POOL],
      crm: [{ name: 'salesforce', kind: 'salesforce' } as CrmConfig],
      sources: [{ name: 'salesforce', kind: 'salesforce' } as SourceConfig],
      flows: () => loadFlows({ presets: ['salesforce'] }),
      log: pino({ level: 'silent' }),
      now: () => bench.now,
    };
    const looked: Looked = { asked: new Map(), upTo: new Map() };
    let asked = 0;
    for (let look = 0; look < 4; look += 1) asked += await fetchMissing(options, POOL, looked);
    expect(asked).toBe(1);
    const { items } = await bench.store.listOperations({ pool: 'in:salesforce' }, { limit: 10 });
    expect(items.map(({ crmId }) => crmId)).toEqual(['001xx000003DGB2AAO']);
  } finally {
    await bench.store.close();
  }
});
