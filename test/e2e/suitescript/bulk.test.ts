import { createHash } from 'node:crypto';
import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { batch, customer, nextVersion, resultsOf, value } from '../../helpers/netsuite/operations';

interface Run {
  state: string;
  units: number;
  map: { invocations: number };
  reduce: { invocations: number };
  stages: { stage: string; units: number; errors: string[] }[];
}

describe('bulk loads', () => {
  let account: NetSuiteAccount;

  beforeEach(async () => {
    account = await startAccount();
  });

  afterEach(() => account.stop());

  const call = async (body: object): Promise<Record<string, unknown>> => {
    const answer = await account.restlet('bulk', body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  const sha = (operations: object[]): string => createHash('sha256').update(JSON.stringify(operations)).digest('hex');
  const append = (jobId: string, part: number, operations: object[]): Promise<Record<string, unknown>> =>
    call({ action: 'append', jobId, part, sha256: sha(operations), operations });
  const customers = (count: number, prefix = 'B'): object[] =>
    Array.from({ length: count }, (_, at) =>
      customer(`SF_ACCT_${prefix}${at}`, { companyname: value(`Bulk ${prefix} ${at}`) }),
    );
  const run = (params: object = {}): Promise<Run> =>
    account.control<Run>('POST', 'scripts/customscript_srl_apply_bulk/customdeploy_srl_apply_bulk_s/run', {
      wait: true,
      params,
    });
  const open = async (total: number): Promise<string> =>
    String((await call({ action: 'open', recordType: 'customer', total }))['jobId']);
  /** The demanded run may be under way already, by the pool. */
  const finished = async (jobId: string): Promise<Record<string, unknown>> => {
    const until = Date.now() + 20_000;
    for (;;) {
      const status = await call({ action: 'status', jobId });
      if (status['state'] === 'done' || status['state'] === 'failed' || Date.now() > until) return status;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  test('parts come in any order and twice, a changed part and a wrong checksum are refused', async () => {
    const all = customers(30);
    const jobId = await open(30);
    await append(jobId, 1, all.slice(10, 20));
    await append(jobId, 2, all.slice(20));
    await append(jobId, 0, all.slice(0, 10));
    await append(jobId, 1, all.slice(10, 20));
    await expect(append(jobId, 1, all.slice(0, 10))).rejects.toThrow('PART_CHANGED');
    await expect(call({ action: 'append', jobId, part: 5, sha256: '0'.repeat(64), operations: all })).rejects.toThrow(
      'CHECKSUM_MISMATCH',
    );
    await call({ action: 'start', jobId });
    expect(await finished(jobId)).toMatchObject({ state: 'done', counts: { created: 30, waiting: 0 } });
    const { results } = (await call({ action: 'results', jobId })) as unknown as {
      results: { opId: string; status: string }[];
    };
    expect(new Set(results.map((result) => result.opId)).size).toBe(30);
  });

  test('a job that is not whole does not start, and an unknown one is named', async () => {
    const jobId = await open(3);
    await append(jobId, 0, customers(2));
    await expect(call({ action: 'start', jobId })).rejects.toThrow('2 of 3 announced operations');
    await expect(call({ action: 'status', jobId: '4711' })).rejects.toThrow('JOB_NOT_FOUND');
  });

  test('a created customer costs at most 16 units, all stages counted', async () => {
    const jobId = await open(600);
    await append(jobId, 0, customers(300, 'U'));
    await append(jobId, 1, customers(300, 'V'));
    await account.control('POST', 'records', []);
    await call({ action: 'start', jobId });
    const status = await finished(jobId);
    expect(status).toMatchObject({ state: 'done', counts: { created: 600 } });
    const runs = await account.executions('customscript_srl_apply_bulk');
    const units = runs.reduce((sum, one) => sum + one.unitsUsed, 0);
    expect(units / 600).toBeLessThanOrEqual(16);
    expect(runs.filter((one) => one.error)).toEqual([]);
    expect(Math.max(...runs.filter((one) => one.stage === 'reduce').map((one) => one.unitsUsed))).toBeLessThan(5000);
  });

  test('versions of one record run in order, whatever part they came in', async () => {
    const [older, newer] = ['old', 'new'].map((name) => customer('SF_ACCT_ORDER', { companyname: value(name) }));
    const jobId = await open(2);
    await append(jobId, 0, [newer as object]);
    await append(jobId, 1, [older as object]);
    await call({ action: 'start', jobId });
    await finished(jobId);
    expect((await account.byExternalId('customer', 'SF_ACCT_ORDER'))?.fields['companyname']).toBe('new');
  });

  test('an operation that was overtaken in real time answers stale and writes nothing', async () => {
    const older = customer('SF_ACCT_OVER', { companyname: value('from the job') });
    const jobId = await open(1);
    await append(jobId, 0, [older]);
    const now = customer('SF_ACCT_OVER', { companyname: value('from real time') });
    expect(resultsOf(await account.restlet('upsert', batch([now])))[0]?.status).toBe('created');
    await call({ action: 'start', jobId });
    expect(await finished(jobId)).toMatchObject({ counts: { stale: 1 } });
    expect((await account.byExternalId('customer', 'SF_ACCT_OVER'))?.fields['companyname']).toBe('from real time');
  });

  test('bad operations fail alone and are told with their reasons', async () => {
    const jobId = await open(3);
    await append(jobId, 0, [
      ...customers(1, 'G'),
      customer('SF_ACCT_BAD', { companyname: value('x'.repeat(200)) }),
      { opId: 'broken', version: nextVersion() },
    ]);
    await call({ action: 'start', jobId });
    expect(await finished(jobId)).toMatchObject({ state: 'done', counts: { created: 1, failed: 2 } });
  });

  test('a restart of the application server in reduce doubles nothing', async () => {
    await account.control('POST', 'faults', [
      {
        kind: 'restart',
        stage: 'reduce',
        afterInvocations: 1,
        match: { scriptId: 'customscript_srl_apply_bulk' },
        times: 1,
      },
    ]);
    const jobId = await open(120);
    await append(jobId, 0, customers(120, 'R'));
    await call({ action: 'start', jobId });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    const ledger = await account.control<{ op: string; type: string }[]>(
      'GET',
      'ledger/records?scriptId=customscript_srl_apply_bulk',
    );
    expect(ledger.filter((row) => row.op === 'create' && row.type === 'customer')).toHaveLength(120);
  });

  test('without the permission to start scripts the schedule takes the job up', async () => {
    const as = { entity: 4, role: 'customrole_srl_basic' };
    const ask = async (body: object): Promise<Record<string, unknown>> =>
      (await account.restlet('bulk', body, { as })).body;
    const { jobId } = await ask({ action: 'open', recordType: 'customer', total: 5 });
    const operations = customers(5, 'S');
    await ask({ action: 'append', jobId, part: 0, sha256: sha(operations), operations });
    expect(await ask({ action: 'start', jobId })).toMatchObject({ state: 'waiting' });
    expect((await run()).state).toBe('COMPLETE');
    expect(await finished(String(jobId))).toMatchObject({ state: 'done', counts: { created: 5 } });
  });
});
