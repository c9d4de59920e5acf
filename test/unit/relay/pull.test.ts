import { pino } from 'pino';
import { createFlowSet } from '../../../flows';
import { SALESFORCE_FLOWS } from '../../../flows/salesforce';
import { nextRunAt } from '../../../relay/pull/next-run';
import { Puller } from '../../../relay/pull/puller';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { advance, readPosition, START } from '../../../relay/pull/pull-position';

const at = (iso: string): number => Date.parse(iso);

describe('when a page is read', () => {
  const nightly = { kind: 'schedule', cron: '30 2 * * *', timeZone: 'Europe/Berlin' } as const;

  it('a schedule keeps its time of day over both changes of daylight saving', () => {
    // 02:30 does not exist that night: the clock goes from 02:00 to 03:00.
    expect(nextRunAt(nightly, at('2026-03-28T12:00:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
    expect(nextRunAt(nightly, at('2026-03-30T12:00:00Z'))).toBe(at('2026-03-31T00:30:00Z'));
    expect(nextRunAt(nightly, at('2026-11-20T12:00:00Z'))).toBe(at('2026-11-21T01:30:00Z'));
  });

  it('one that fell into a standstill is due at once, and the first one too', () => {
    expect(nextRunAt(nightly, at('2026-11-01T00:00:00Z'))).toBeLessThan(at('2026-11-20T00:00:00Z'));
    expect(nextRunAt(nightly, null)).toBe(0);
    expect(nextRunAt({ kind: 'onCommand' }, null)).toBeNull();
  });

  it('what lives by events is looked through every five minutes as well', () => {
    const last = at('2026-11-20T12:00:00Z');
    expect(nextRunAt({ kind: 'realtime' }, last)).toBe(last + 300_000);
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
