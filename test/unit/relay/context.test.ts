import { ContextFinder } from '../../../relay/context/find-context';
import { refreshContext } from '../../../relay/context/refresh-context';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';

const ACCOUNT = 'TSTDRV1000001';
const KEY = 'SF_ACCT_1';

test('a customer whose orders changed is asked about anew, also while no case of theirs was seen', async () => {
  const store = openMemoryStore(Date.now);
  let orders = 1;
  const client = {
    call: () => {
      const rows = [{ internalId: '7', customerKey: KEY, openShipments: orders }];
      return Promise.resolve({
        ok: true as const,
        ms: 1,
        body: { page: 'entitlements', rows, asOf: '2026-11-22T00:00:00Z' },
      });
    },
    close: () => Promise.resolve(),
  };
  const access = { client, withSlot: <T>(work: () => Promise<T>) => work() };
  const known = { findRecord: () => Promise.resolve({ internalId: '7' } as never) };
  const finder = new ContextFinder({ accounts: new Map([[ACCOUNT, access]]), store: known, now: Date.now });
  const openShipments = async () => (await finder.find(ACCOUNT, KEY)).row?.['openShipments'];
  expect(await openShipments()).toBe(1);
  orders = 2;
  expect(await openShipments()).toBe(1);
  const page = { page: 'orders' as const, rows: [{ internalId: '9', customerKey: KEY }], asOf: '2026-11-22T00:00:01Z' };
  await refreshContext({ finder, store, now: Date.now }, ACCOUNT, page);
  expect(await openShipments()).toBe(2);
  await store.close();
});
