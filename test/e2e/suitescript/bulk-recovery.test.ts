import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import { holdAt } from '../../helpers/netsuite/hold';
import { untilIdle } from '../../helpers/netsuite/until-idle';
import { batch, customer, resultsOf, value } from '../../helpers/netsuite/operations';

const SCRIPT = 'customscript_srl_apply_bulk';

describe('a bulk load survives what can happen to its runs', () => {
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
  const staged = async (count: number, prefix: string): Promise<BulkJob> => {
    const job = await BulkJob.open(account, count);
    await job.append(0, customers(count, prefix));
    return job;
  };
  const fault = (...faults: object[]): Promise<unknown> => account.control('POST', 'faults', faults);
  const schedule = (): Promise<unknown> =>
    account.control('POST', `scripts/${SCRIPT}/customdeploy_srl_apply_bulk_s/run`, { wait: true });

  /** Every operation has one result, every customer was created once. */
  const expectWhole = async (job: BulkJob, count: number): Promise<void> => {
    const results = await job.results();
    expect(results).toHaveLength(count);
    expect(new Set(results.map(({ opId }) => opId)).size).toBe(count);
    const writes = await account.control<{ op: string; type: string; id: string }[]>(
      'GET',
      `ledger/records?scriptId=${SCRIPT}`,
    );
    expect(writes.filter(({ op, type }) => op === 'create' && type === 'customer')).toHaveLength(count);
    const { counts } = await job.status();
    expect(counts['waiting']).toBe(0);
    expect((counts['created'] ?? 0) + (counts['duplicate'] ?? 0)).toBe(count);
  };

  test.each(['getInputData', 'map', 'reduce', 'summarize'])(
    'a restart of the application server in %s loses and doubles nothing',
    async (stage) => {
      await fault({ kind: 'restart', stage, afterInvocations: 1, match: { scriptId: SCRIPT }, times: 1 });
      const job = await staged(60, 'R');
      await job.start();
      expect((await job.until()).state).toBe('done');
      const runs = await account.executions(SCRIPT);
      expect(runs.filter((run) => run.stage === stage && run.error !== undefined)).toHaveLength(1);
      await expectWhole(job, 60);
    },
  );

  test('what does not fit into an invocation is carried out by follow-up runs', async () => {
    await fault({ kind: 'quota', units: 350, match: { scriptId: SCRIPT, stage: 'reduce' } });
    const job = await staged(60, 'L');
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 60 } });
    await expectWhole(job, 60);
    const runs = await account.executions(SCRIPT);
    expect(runs.filter((run) => run.stage === 'getInputData').length).toBeGreaterThan(1);
    expect(runs.filter((run) => run.error !== undefined)).toEqual([]);
  });

  test('an invocation that the platform ends takes nothing with it: a follow-up run carries out the rest', async () => {
    await fault({ kind: 'quota', units: 200, match: { scriptId: SCRIPT, stage: 'reduce', nth: 2 }, times: 1 });
    await fault({
      kind: 'failApi',
      code: 'UNEXPECTED_ERROR',
      match: { scriptId: SCRIPT, stage: 'reduce', api: 'query.runSuiteQL', nth: 1 },
      times: 1,
    });
    const job = await staged(120, 'E');
    await job.start();
    expect((await job.until()).state).toBe('done');
    await expectWhole(job, 120);
  });

  test('a load that gets no further ends as failed, tells every operation, and mails who opened it', async () => {
    await fault({ kind: 'quota', units: 5, match: { scriptId: SCRIPT, stage: 'reduce' } });
    const job = await staged(20, 'F');
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'failed', counts: { deferred: 20, waiting: 0 } });
    expect((await job.results()).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'deferred'));
    const mails = await account.control<{ recipients: string[]; subject: string; body: string }[]>(
      'GET',
      'ledger/email',
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toContain(`bulk load ${job.id} failed`);
    expect(mails[0]?.body).toContain('0 of 20 operations were carried out');
    const rows = await account.control<{ fields: Record<string, string> }[]>('GET', 'records/customrecord_srl_job');
    expect(rows[0]?.fields['custrecord_srl_jb_error']).toContain('SSS_USAGE_LIMIT_EXCEEDED');
    // Sent again, the same operations are carried out.
    await account.control('DELETE', 'faults');
    const again = await staged(20, 'F');
    await again.start();
    expect((await again.until()).state).toBe('done');
  });

  test('a run that ends without its summary is taken up by the schedule', async () => {
    await fault({
      kind: 'failApi',
      code: 'UNEXPECTED_ERROR',
      match: { scriptId: SCRIPT, stage: 'summarize', api: 'file.save' },
      times: 1,
    });
    const job = await staged(30, 'S');
    await job.start();
    await job.until(['running']);
    await untilIdle(account);
    expect((await job.status()).state).toBe('running');
    await schedule();
    expect((await job.until()).state).toBe('done');
    await expectWhole(job, 30);
  });

  test('of two runs that want the same job one gets it, and a run without a job leaves a working one alone', async () => {
    const claim = await holdAt(account, { scriptId: SCRIPT, api: 'record.save', recordType: 'customrecord_srl_job' });
    const job = await staged(10, 'C');
    await job.start();
    await claim.reached();
    const write = await holdAt(account, { scriptId: SCRIPT, api: 'record.save', recordType: 'customer' });
    const second = schedule();
    await write.reached();
    await claim.release();
    await untilEnded('customdeploy_srl_apply_bulk');
    expect((await job.status()).state).toBe('running');
    await write.release();
    await second;
    expect((await job.until()).state).toBe('done');
    await expectWhole(job, 10);
  });

  const untilEnded = async (deploymentId: string): Promise<void> => {
    for (;;) {
      const tasks = await account.control<{ deploymentId: string; status: string }[]>('GET', 'ledger/tasks');
      const own = tasks.filter((task) => task.deploymentId === deploymentId);
      if (own.length > 0 && own.every(({ status }) => status === 'COMPLETE')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  test('an operation in real time on a record of a running load goes ahead; the load’s older one answers stale', async () => {
    const [held, created, existing, partial] = ['HELD', 'NEW', 'OLD', 'PART'].map((name) => `SF_ACCT_${name}`) as [
      string,
      string,
      string,
      string,
    ];
    await account.restlet(
      'upsert',
      batch([existing, partial].map((key) => customer(key, { companyname: value(key) }))),
    );
    const load = [
      customer(held, { companyname: value('Held') }),
      customer(created, { companyname: value('from the load') }),
      customer(existing, { email: value('load@example.com') }),
      customer(partial, { email: value('load@example.com') }, { full: false }),
    ];
    const job = await BulkJob.open(account, load.length);
    await job.append(0, load);
    // The bucket has read all its stamps when its first save is held.
    const hold = await holdAt(account, { scriptId: SCRIPT, api: 'record.save', recordType: 'customer' });
    await job.start();
    await hold.reached();
    const now = [created, existing, partial].map((key) =>
      customer(key, { email: value('now@example.com'), companyname: value(`real time ${key}`) }),
    );
    const answers = resultsOf(await account.restlet('upsert', batch(now)));
    expect(answers.map(({ status }) => status)).toEqual(['created', 'updated', 'updated']);
    await hold.release();
    await job.until();
    const byId = new Map((await job.results()).map(({ opId, status }) => [opId, status]));
    expect(load.map(({ opId }) => byId.get(String(opId)))).toEqual(['created', 'stale', 'stale', 'review']);
    for (const key of [created, existing, partial]) {
      expect((await account.byExternalId('customer', key))?.fields).toMatchObject({ email: 'now@example.com' });
    }
  });
});
