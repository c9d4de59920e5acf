import { CliError } from '../../../relay/cli/cli-error';
import { readClose, readWork } from '../../../relay/cli/commands/report';
import { readPeriod } from '../../../relay/cli/report/read-period';
import { writeLastRun } from '../../../relay/reconcile/last-run';
import { KEYS, startHttpRelay } from '../../helpers/http-relay';

const ACCOUNT = 'TSTDRV1000001';
const OCTOBER = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };

describe('a period', () => {
  test.each([
    ['2026-10', 'UTC', OCTOBER.from, OCTOBER.to],
    ['2026-10', 'Europe/Berlin', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['2026-03-08', 'America/Los_Angeles', '2026-03-08T08:00:00.000Z', '2026-03-09T07:00:00.000Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
    ['2026-12', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ])('%s in %s is whole days of that zone, over a change of the clocks too', (text, zone, from, to) => {
    expect(readPeriod(text, zone)).toEqual({ from, to });
  });
  test.each(['2026', '2026-13', '2026-02-30', 'october'])('%s is refused', (text) => {
    expect(() => readPeriod(text, 'UTC')).toThrow('--period is a month or a day');
  });
  test('a zone that does not exist is a wrong option, named as such', () => {
    const usage = new CliError('--time-zone is the IANA name of a zone, such as Europe/Berlin, not Berlin', 2);
    expect(() => readPeriod('2026-10', 'Berlin')).toThrow(usage);
  });
});

test('a report over more than the quota of a window waits for the next window and is whole', async () => {
  const relay = await startHttpRelay({ limits: { requests: { quota: 3, windowSeconds: 1 } } });
  try {
    const target = { url: relay.url, key: KEYS.admin };
    for (let read = 0; read < 5; read += 1) expect(await readWork(target, OCTOBER)).toEqual([]);
  } finally {
    await relay.close();
  }
});

test('the close of a period lists what is open by type and money, what waits, and totals and records that differ', async () => {
  const relay = await startHttpRelay({ failures: { responsible: 'Controller' } });
  const target = { url: relay.url, key: KEYS.admin };
  let keys = 0;
  const send = async (recordType: string, externalId: string, at: string, more: object = {}) => {
    relay.setNow(Date.parse(at));
    const record = {
      recordType,
      action: 'upsert',
      key: { externalId },
      fields: { currency: { text: 'EUR' } },
      ...more,
    };
    const answer = await relay.call('/v1/upserts', {
      json: { source: 'direct', records: [record] },
      headers: { 'idempotency-key': `k${(keys += 1)}` },
      key: KEYS.direct,
    });
    expect(answer.status).toBe(202);
  };
  const worth = (amount: string) => ({ expectedTotal: { amount, of: 'net', whenDifferent: 'warn' } });
  const error = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'No item X.' };
  try {
    expect(await readClose(target, OCTOBER)).toMatchObject({ open: [], clean: false, comparedAt: null });
    await writeLastRun(relay.store, { account: ACCOUNT, at: OCTOBER.to, differences: 0, flows: [] });
    expect((await readClose(target, OCTOBER)).clean).toBe(true);

    await send('salesorder', 'O1', '2026-10-05T00:00:00Z', worth('0.10'));
    await relay.store.finish({ to: 'review', error });
    await send('salesorder', 'O2', '2026-10-06T00:00:00Z', worth('0.20'));
    await relay.store.finish({ to: 'dead', error });
    await send('salesorder', 'O3', '2026-10-07T00:00:00Z', worth('40.00'));
    const warnings = [{ code: 'TOTAL_DIFFERS', message: 'm', field: 'net', from: '40.00', to: '50' }];
    await relay.store.finish({ to: 'done', result: 'created', warnings });
    await send('customer', 'C1', '2026-10-08T00:00:00Z');
    await send('customer', 'C2', '2026-11-02T00:00:00Z');
    const found = await readClose(target, OCTOBER);
    expect(found.open).toEqual([
      { recordType: 'salesorder', review: 1, dead: 1, waiting: 0, money: { EUR: '0.3' } },
      { recordType: 'customer', review: 0, dead: 0, waiting: 1, money: {} },
    ]);
    expect(found.failures.map(({ externalId, responsible, amount }) => [externalId, responsible, amount])).toEqual([
      ['O1', 'Controller', '0.10'],
      ['O2', 'Controller', '0.20'],
    ]);
    expect(found.totals).toMatchObject([{ externalId: 'O3', expected: '40.00', actual: '50', difference: '10' }]);
    expect(found.clean).toBe(false);

    const work = await readWork(target, OCTOBER);
    expect(work).toMatchObject([
      { what: 'salesorder', created: 1, failed: 2 },
      { what: 'customer', created: 0, open: 1 },
    ]);
  } finally {
    await relay.close();
  }
});
