import { pino } from 'pino';
import { createFlowSet, type Cadence } from '../../../flows';
import { SALESFORCE_FLOWS } from '../../../flows/salesforce';
import { idsToFollow, pagesLeadingTo } from '../../../relay/pull/follow-pages';
import { nextRunAt } from '../../../relay/pull/next-run';
import { Puller, pullPool } from '../../../relay/pull/puller';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { advance, readPosition, START } from '../../../relay/pull/pull-position';

const at = (iso: string): number => Date.parse(iso);

describe('when a page is read', () => {
  const nightly = { kind: 'schedule', cron: '30 2 * * *', timeZone: 'Europe/Berlin' } as const;

  const NOW = at('2027-01-01T00:00:00Z');
  const dueAfter = (cadence: Cadence, last: string): number | null => nextRunAt(cadence, at(last), NOW);

  it('a schedule keeps its time of day over both changes of daylight saving', () => {
    // 02:30 does not exist that night: the clock goes from 02:00 to 03:00.
    expect(dueAfter(nightly, '2026-03-28T12:00:00Z')).toBe(at('2026-03-29T01:00:00Z'));
    expect(dueAfter(nightly, '2026-03-30T12:00:00Z')).toBe(at('2026-03-31T00:30:00Z'));
    expect(dueAfter(nightly, '2026-11-20T12:00:00Z')).toBe(at('2026-11-21T01:30:00Z'));
  });

  it('one that fell into a standstill is due at once, and the first one too', () => {
    expect(dueAfter(nightly, '2026-11-01T00:00:00Z')).toBeLessThan(at('2026-11-20T00:00:00Z'));
    expect(nextRunAt(nightly, null, NOW)).toBe(0);
    expect(nextRunAt({ kind: 'onCommand' }, null, NOW)).toBeNull();
  });

  it('one that a clock ahead of ours has begun keeps none waiting until it is that late', () => {
    for (const cadence of [nightly, { kind: 'realtime' }, { kind: 'microBatch', everySeconds: 30 }] as const)
      expect(nextRunAt(cadence, NOW + 86_400_000, NOW)).toBe(0);
  });

  it('what lives by events is looked through every five minutes as well', () => {
    const last = at('2026-11-20T12:00:00Z');
    expect(nextRunAt({ kind: 'realtime' }, last, NOW)).toBe(last + 300_000);
    const shipments = SALESFORCE_FLOWS.filter(({ number }) => number === 'F10');
    expect(shipments.map(({ cadence, source }) => [cadence.kind, source?.onEvent])).toContainEqual(['realtime', true]);
  });

  it('a pass goes on behind its last page, and the next one looks back over saves that were under way', () => {
    const first = advance(START, { asOf: '2026-11-20T10:00:00.000Z', after: '1000' }, 5);
    expect(readPosition(JSON.stringify(first))).toMatchObject({ after: '1000', since: START.since, ranAt: 5 });
    const done = advance(first, { asOf: '2026-11-20T10:05:00.000Z' }, 9);
    expect(done).toEqual({ since: '2026-11-20T09:58:00.000Z', ranAt: 5 });
    expect(readPosition('no position')).toEqual(START);
  });
});

it('a credit has the invoices it settles read, which keep their date, and over them what their orders show', () => {
  const active = new Set(['billing'] as const);
  const wanted = pagesLeadingTo(active);
  expect([...wanted].sort()).toEqual(['billing', 'credits', 'invoices', 'payments']);
  const credit = { internalId: '9', orderId: null, invoiceIds: '4,7' };
  expect([...idsToFollow('credits', [credit], wanted)]).toEqual([['invoices', ['4', '7']]]);
  expect([...idsToFollow('invoices', [{ internalId: '4', orderId: '2' }], wanted)]).toEqual([['billing', ['2']]]);
});

it('a record that changes while its page is being read is read at once, not with the next look', async () => {
  const store = openMemoryStore(Date.now);
  const flow = SALESFORCE_FLOWS.find(({ id }) => id === 'salesforce.customer-to-account')!;
  let [reads, read] = [0, (): void => undefined];
  const second = new Promise<void>((resolve) => (read = resolve));
  const puller = new Puller({
    ...{ account: 'A', holder: 'test', store, crm: [], retrySeconds: [1], now: Date.now },
    set: () => createFlowSet([flow]),
    client: null as never,
    withSlot: () => {
      reads += 1;
      if (reads === 1) puller.nudge(['customers']);
      else read();
      return Promise.resolve({
        ok: true,
        value: { page: 'customers', rows: [], asOf: new Date().toISOString() },
      } as never);
    },
    lookMs: 3_600_000,
    log: pino({ level: 'silent' }),
  });
  await puller.start();
  await second;
  await puller.stop();
  await store.close();
});

describe('whose turn it is to read an account', () => {
  const LEASE_MS = 300;
  let now: number;
  const stores: ReturnType<typeof openMemoryStore>[] = [];
  beforeEach(() => (now = at('2026-11-20T12:00:00Z')));
  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  /** A reader over a store of one engine; `read` answers each page. */
  function reader(engine: 'sqlite' | 'postgres', read: () => Promise<{ after?: string }>) {
    const store = openMemoryStore(() => now);
    stores.push(store);
    const renewed: boolean[] = [];
    const puller = new Puller({
      ...{ account: 'A', holder: 'living', crm: [], retrySeconds: [1], now: () => now, leaseMs: LEASE_MS, lookMs: 20 },
      store: {
        ...store,
        engine,
        keepSlot: async (lease, leaseMs) => {
          renewed.push(await store.keepSlot(lease, leaseMs));
          return renewed.at(-1)!;
        },
      },
      set: () => createFlowSet([SALESFORCE_FLOWS.find(({ id }) => id === 'salesforce.customer-to-account')!]),
      client: null as never,
      withSlot: async () => {
        const more = await read();
        const value = { page: 'customers', rows: [], asOf: new Date(now).toISOString(), ...more };
        return { ok: true, value } as never;
      },
      log: pino({ level: 'silent' }),
    });
    const lease = (holder: string, leaseMs = LEASE_MS) => store.leaseSlot({ pool: pullPool('A'), holder, leaseMs });
    const deadHolds = async (): Promise<void> => {
      const lane = { reserved: 0, weight: 1 };
      await store.configurePool(pullPool('A'), { slots: 1, lanes: { realtime: lane, bulk: lane, replay: lane } });
      expect(await lease('dead', 30_000)).not.toBeNull();
    };
    return { store, puller, renewed, lease, deadHolds };
  }
  const signal = (): { done: Promise<void>; give: () => void } => {
    let give = (): void => undefined;
    const done = new Promise<void>((resolve) => (give = resolve));
    return { done, give };
  };
  const until = async (holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + 30_000; !holds() && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(holds()).toBe(true);
  };

  it('embedded store: a restarted relay reads at once, though the one before it was killed while it read', async () => {
    const read = signal();
    const { puller, deadHolds } = reader('sqlite', () => Promise.resolve({}).finally(read.give));
    await deadHolds();
    await puller.start();
    await read.done;
    await puller.stop();
  });

  it('PostgreSQL: the turn of a relay that was killed ends with its lease, and not before', async () => {
    let reads = 0;
    const read = signal();
    const { puller, deadHolds } = reader('postgres', () => {
      reads += 1;
      read.give();
      return Promise.resolve({});
    });
    await deadHolds();
    await puller.start();
    const asked = puller.run(null);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reads).toBe(0);
    now += 30_001;
    await read.done;
    await asked;
    await puller.stop();
  });

  it('a page that takes longer than a lease keeps its turn: it is renewed meanwhile', async () => {
    const [begun, over] = [signal(), signal()];
    const { puller, renewed, lease } = reader('postgres', () => {
      begun.give();
      return over.done.then(() => ({}));
    });
    await puller.start();
    await begun.done;
    for (let times = 1; times <= 3; times += 1) {
      now += LEASE_MS - 1;
      const before = renewed.length;
      await until(() => renewed.length >= before + 2);
      expect(await lease('other')).toBeNull();
    }
    over.give();
    await puller.stop();
    expect(renewed).not.toContain(false);
  });

  it('a relay that stood still for longer than its lease stops behind its page: another one reads by then', async () => {
    let reads = 0;
    const [begun, over] = [signal(), signal()];
    const { store, puller, renewed } = reader('postgres', async () => {
      reads += 1;
      begun.give();
      await over.done;
      return { after: String(reads) };
    });
    await puller.start();
    await begun.done;
    const other = { pool: pullPool('A'), holder: 'other', leaseMs: 3_600_000, takeOver: true };
    expect(await store.leaseSlot(other)).not.toBeNull();
    await until(() => renewed.includes(false));
    over.give();
    await puller.stop();
    expect(reads).toBe(1);
  });
});
