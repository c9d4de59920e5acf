import { pino } from 'pino';
import { createFlowSet } from '../../../../flows';
import { readLastRun } from '../../../../relay/reconcile/last-run';
import { Reconciler } from '../../../../relay/reconcile/nightly';
import { openMemoryStore } from '../../../../relay/store/sqlite/open-sqlite-store';

it('a night that was told by a clock far ahead keeps none of the next ones from coming', async () => {
  const store = openMemoryStore(Date.now);
  await store.setCursor('reconcile:A', String(Date.now() + 365 * 86_400_000));
  const reconciler = new Reconciler(
    {
      ...{ account: 'A', store, crm: [], retrySeconds: [], now: Date.now, client: null as never },
      ...{ set: () => createFlowSet([]), sourceOf: () => null, log: pino({ level: 'silent' }) },
      withSlot: () => Promise.reject(new Error('nothing is to be read')),
    },
    [],
    { cron: '* * * * * *', timeZone: 'UTC', days: 1, graceMinutes: 1, repair: false },
  );
  reconciler.start();
  for (const end = Date.now() + 30_000; (await readLastRun(store, 'A')) === null && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await reconciler.stop();
  expect(await readLastRun(store, 'A')).toMatchObject({ account: 'A', differences: 0 });
  await store.close();
});
