import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const STUBBORN = `define(['N/record'], (record) => ({
  post: () => { for (;;) try { record.create({ type: 'task' }).setValue('title', 'late').save(); } catch (e) {} },
}));`;
let served: Served;
beforeAll(async () => {
  served = await serveAccount({
    scripts: { stubborn: { source: STUBBORN }, fine: { source: `define([], () => ({ post: () => 'fine' }));` } },
  });
});
afterAll(() => served.close());

const tasks = (): number => served.front.account.store.list('task').length;

describe('a reset while scripts run', () => {
  it('lets a call that was held write nothing, ends its script and gives its slot back', async () => {
    const { faults } = served.front.account;
    const hold = faults.add({ kind: 'hold', match: { api: 'record.save' } });
    const answer = served.call('stubborn', { body: '{}' });
    while (!faults.isHolding(hold)) await new Promise((resolve) => setImmediate(resolve));
    await served.control('POST', 'reset');
    expect((await answer).text).toContain('The account was reset while this ran.');
    expect(tasks()).toBe(0);
    expect((await served.control('GET', 'ledger/records')).body).toEqual([]);
    expect((await served.control('GET', 'concurrency')).body).toMatchObject({ inFlight: 0 });
    expect((await served.call('fine', { body: '{}' })).text).toBe('"fine"');
  });
});
