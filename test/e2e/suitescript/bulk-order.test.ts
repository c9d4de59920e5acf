import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import { holdAt, type Hold } from '../../helpers/netsuite/hold';
import { customer, line, operation, order, sku, value } from '../../helpers/netsuite/operations';

const SCRIPT = 'customscript_srl_apply_bulk';

describe('bulk loads take their turn', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
  });
  afterAll(() => account.stop());
  beforeEach(() => account.control('POST', 'reset'));

  const customers = (count: number, prefix: string): Record<string, unknown>[] =>
    Array.from({ length: count }, (_, at) =>
      customer(`SF_ACCT_${prefix}${at}`, { companyname: value(`Bulk ${prefix} ${at}`) }),
    );
  const staged = async (operations: object[], recordType = 'customer'): Promise<BulkJob> => {
    const job = await BulkJob.open(account, operations.length, recordType);
    await job.append(0, operations);
    return job;
  };
  const schedule = (): Promise<unknown> =>
    account.control('POST', `scripts/${SCRIPT}/customdeploy_srl_apply_bulk_s/run`, { wait: true });

  test('parents before children: a job waits for older ones of other types, and starts by itself', async () => {
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'B-1', isinactive: false } }]);
    const parents = await staged(customers(20, 'P'));
    const lines = [line('A', { item: sku('B-1'), quantity: value(1), rate: value(5) })];
    const orders = Array.from({ length: 20 }, (_, at) => order(`SF_OPP_P${at}`, `SF_ACCT_P${at}`, lines));
    const children = await staged(orders, 'salesorder');
    const hold = await holdAt(account, { scriptId: SCRIPT, api: 'record.save', recordType: 'customer' });
    await parents.start();
    expect(await children.start()).toMatchObject({ state: 'waiting', stage: `behind job ${parents.id}` });
    await hold.reached();
    expect((await parents.status()).stage).toBe('reduce');
    await schedule();
    expect((await children.status()).state).toBe('waiting');
    await hold.release();
    expect(await children.until()).toMatchObject({ state: 'done', counts: { created: 20 } });
    expect((await parents.status()).state).toBe('done');
  });

  test('a record that waits for another of its own load is written by the next run', async () => {
    const parents = customers(5, 'OWN');
    const children = Array.from({ length: 5 }, (_, at) =>
      operation({
        recordType: 'customer',
        externalId: `SF_ACCT_CHILD${at}`,
        fields: {
          companyname: value(`Child ${at}`),
          isperson: value(false),
          subsidiary: { ref: { recordType: 'subsidiary', internalId: '1' } },
          parent: { ref: { recordType: 'customer', externalId: `SF_ACCT_OWN${at}` } },
        },
        requires: [{ recordType: 'customer', externalId: `SF_ACCT_OWN${at}` }],
      }),
    );
    const lost = customer(
      'SF_ACCT_ORPHAN',
      { companyname: value('Orphan') },
      { requires: [{ recordType: 'customer', externalId: 'SF_ACCT_NOWHERE' }] },
    );
    const job = await staged([...children, lost, ...parents]);
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 10, failed: 1 } });
    expect((await job.results()).find(({ status }) => status === 'failed')).toMatchObject({
      opId: lost['opId'],
      error: { class: 'dependency' },
    });
  });

  test('when every deployment of the pool is busy a job waits, is told so, and is taken up when one is done', async () => {
    const running = await Promise.all(['X', 'Y', 'Z'].map((name) => staged(customers(1, name))));
    const holds: Hold[] = [];
    for (const job of running) {
      // The account has two processors: the third job's task keeps its deployment busy by waiting for one.
      const hold = holds.length < 2 ? await holdAt(account, { scriptId: SCRIPT, api: 'record.save' }) : undefined;
      await job.start();
      await hold?.reached();
      if (hold !== undefined) holds.push(hold);
    }
    const last = await staged(customers(1, 'LAST'));
    expect((await last.start()).stage).toBe('waits for the schedule: no deployment is idle');
    for (const hold of holds) await hold.release();
    for (const job of [...running, last]) expect((await job.until()).state).toBe('done');
  });

  test('a job that a run left without a summary is not taken for the next run’s own: both end with their own outcomes', async () => {
    const left = await staged(customers(3, 'LEFT'));
    await account.control('POST', 'ui/save', {
      type: 'customrecord_srl_job',
      id: left.id,
      fields: {
        custrecord_srl_jb_state: 'running',
        custrecord_srl_jb_runner: 'customdeploy_srl_apply_bulk',
        custrecord_srl_jb_staged: 3,
      },
    });
    const next = await staged(customers(2, 'NEXT'));
    await next.start();
    expect(await next.until()).toMatchObject({ state: 'done', counts: { created: 2 } });
    expect(await left.until()).toMatchObject({ state: 'done', counts: { created: 3 } });
  });

  test('without the permission to start scripts the schedule takes the job up', async () => {
    const as = { entity: 4, role: 'customrole_srl_basic' };
    const job = await BulkJob.open(account, 5, 'customer', as);
    await job.append(0, customers(5, 'S'));
    expect(await job.start()).toMatchObject({ state: 'waiting', stage: expect.stringContaining('schedule') as string });
    await schedule();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 5 } });
  });

  test('outcomes come back as events: each save with its operation, and the end of the job with its counts', async () => {
    const operations = customers(3, 'EV');
    const job = await staged([...operations, customer('SF_ACCT_EVBAD', { companyname: value('x'.repeat(99)) })]);
    await job.start();
    await job.until();
    const { body } = await account.restlet('changes', undefined, { query: '&after=0&limit=100' });
    const { events } = body as unknown as { events: ChangeEvent[] };
    const saved = events.filter(({ data }) => data.recordType === 'customer');
    expect(saved.map(({ data }) => data.origin.opId).sort()).toEqual(operations.map(({ opId }) => opId).sort());
    expect(saved.every(({ data }) => data.origin.ownSave)).toBe(true);
    expect(events.filter(({ data }) => data.foundBy === 'job').map(({ data }) => data.job)).toEqual([
      { jobId: job.id, state: 'done', counts: { created: 3, failed: 1 } },
    ]);
  });
});
