import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import { batch, customer, nextVersion, resultsOf, value } from '../../helpers/netsuite/operations';

describe('bulk loads', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
  });
  afterAll(() => account.stop());
  beforeEach(() => account.control('POST', 'reset'));

  const customers = (count: number, prefix = 'B'): Record<string, unknown>[] =>
    Array.from({ length: count }, (_, at) =>
      customer(`SF_ACCT_${prefix}${at}`, { companyname: value(`Bulk ${prefix} ${at}`) }),
    );
  const load = async (...parts: object[][]): Promise<BulkJob> => {
    const job = await BulkJob.open(account, parts.flat().length);
    for (const [at, part] of parts.entries()) await job.append(at, part);
    await job.start();
    await job.until();
    return job;
  };

  test('parts come in any order and twice, a changed part and a wrong checksum are refused', async () => {
    const all = customers(30);
    const job = await BulkJob.open(account, 30);
    await job.append(1, all.slice(10, 20));
    await job.append(2, all.slice(20));
    await job.append(0, all.slice(0, 10));
    await job.append(1, all.slice(10, 20));
    await expect(job.append(1, all.slice(0, 10))).rejects.toThrow('PART_CHANGED');
    await expect(job.call({ action: 'append', part: 5, sha256: '0'.repeat(64), operations: all })).rejects.toThrow(
      'CHECKSUM_MISMATCH',
    );
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 30, waiting: 0 } });
    expect(new Set((await job.results()).map((result) => result.opId)).size).toBe(30);
    await expect(job.append(6, all)).rejects.toThrow('JOB_CLOSED');
  });

  test('a job whose part is missing does not start and says how many operations are there; an unknown one is named', async () => {
    const job = await BulkJob.open(account, 3);
    await job.append(1, customers(2));
    await expect(job.start()).rejects.toThrow('2 of 3 announced operations');
    await job.append(0, customers(1, 'LATE'));
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 3 } });
    await expect(job.call({ action: 'status', jobId: '4711' })).rejects.toThrow('JOB_NOT_FOUND');
  });

  test('a part that no file can hold is refused before anything is staged', async () => {
    const job = await BulkJob.open(account, 1);
    const huge = customer('SF_ACCT_HUGE', { comments: value('x'.repeat(8_000_001)) });
    await expect(job.append(0, [huge])).rejects.toThrow('PART_TOO_LARGE');
    await expect(job.start()).rejects.toThrow('0 of 1 announced operations');
  });

  test('a created customer costs at most 16 units, all stages counted, and no invocation comes near its limit', async () => {
    const job = await load(customers(150, 'U'), customers(150, 'V'));
    expect(await job.status()).toMatchObject({ state: 'done', counts: { created: 300 } });
    const runs = await account.executions('customscript_srl_apply_bulk');
    expect(runs.reduce((sum, one) => sum + one.unitsUsed, 0) / 300).toBeLessThanOrEqual(16);
    expect(runs.filter((one) => one.error)).toEqual([]);
    const most = (stage: string): number =>
      Math.max(...runs.filter((one) => one.stage === stage).map((one) => one.unitsUsed));
    expect(most('map')).toBeLessThanOrEqual(20);
    expect(most('reduce')).toBeLessThanOrEqual(100 * 16);
    expect((await job.status()).units / 300).toBeLessThanOrEqual(16);
  });

  test('versions of one record run in order, whatever part they came in', async () => {
    const [first, second, third] = ['one', 'two', 'three'].map((name) =>
      customer('SF_ACCT_ORDER', { companyname: value(name) }, { full: false }),
    );
    const job = await load([third as object], [first as object], [second as object]);
    expect((await job.results()).map(({ opId, status }) => [opId, status])).toEqual([
      [first?.['opId'], 'created'],
      [second?.['opId'], 'updated'],
      [third?.['opId'], 'updated'],
    ]);
    expect((await account.byExternalId('customer', 'SF_ACCT_ORDER'))?.fields['companyname']).toBe('three');
  });

  test('the same load twice changes nothing and says so', async () => {
    const all = customers(20);
    await load(all);
    const versions = async (): Promise<unknown[]> =>
      Promise.all([0, 19].map(async (at) => (await account.byExternalId('customer', `SF_ACCT_B${at}`))?.version));
    const before = await versions();
    expect(await (await load(all)).status()).toMatchObject({ state: 'done', counts: { duplicate: 20 } });
    expect(await versions()).toEqual(before);
  });

  test('bad operations fail alone and are told with their reasons and a name of their own', async () => {
    const stray: Record<string, unknown> = { ...customers(1, 'STRAY')[0], recordType: 'contact' };
    const broken: unknown[] = ['no operation at all'];
    const job = await load([
      ...customers(40, 'G'),
      customer('SF_ACCT_BAD', { companyname: value('x'.repeat(200)) }),
      { opId: 'broken', version: nextVersion() },
      { version: nextVersion() },
      ...(broken as object[]),
      stray,
    ]);
    expect(await job.status()).toMatchObject({ state: 'done', counts: { created: 40, failed: 5, waiting: 0 } });
    const failed = (await job.results()).filter((result) => result.status === 'failed');
    expect(Object.fromEntries(failed.map(({ opId, error }) => [opId, error?.code]))).toMatchObject({
      broken: 'INVALID_REQUEST_BODY',
      '#0.0:42': 'INVALID_REQUEST_BODY',
      '#0.0:43': 'INVALID_REQUEST_BODY',
      [String(stray['opId'])]: 'MIXED_RECORD_TYPES',
    });
    expect(failed.map((result) => result.error?.code)).toContain('FIELD_TOO_LONG');
  });

  test('a line that somebody broke in the staged file fails alone', async () => {
    const job = await BulkJob.open(account, 3);
    await job.append(0, customers(3, 'LINE'));
    const files = await account.control<{ id: string; fields: Record<string, string> }[]>('GET', 'records/file');
    const staged = files.find(({ fields }) => fields['name']?.startsWith(`srl-job-${job.id}-part-`));
    const [first, , third] = (staged?.fields['contents'] ?? '').split('\n');
    const contents = [first, '{"opId":"op_', third].join('\n');
    await account.seed([{ type: 'file', id: staged?.id, fields: { contents } }]);
    await job.start();
    expect(await job.until()).toMatchObject({ state: 'done', counts: { created: 2, failed: 1 } });
    expect((await job.results()).find((result) => result.status === 'failed')).toMatchObject({
      opId: '#0.0:1',
      error: { code: 'INVALID_REQUEST_BODY' },
    });
  });

  test('an operation that was overtaken in real time before the load began answers stale and writes nothing', async () => {
    const job = await BulkJob.open(account, 1);
    await job.append(0, [customer('SF_ACCT_OVER', { companyname: value('from the job') })]);
    const now = customer('SF_ACCT_OVER', { companyname: value('from real time') });
    expect(resultsOf(await account.restlet('upsert', batch([now])))[0]?.status).toBe('created');
    await job.start();
    expect(await job.until()).toMatchObject({ counts: { stale: 1 } });
    expect((await account.byExternalId('customer', 'SF_ACCT_OVER'))?.fields['companyname']).toBe('from real time');
  });

  test('a dry run tells what it would write and writes nothing; a deletion needs its own permission', async () => {
    await load(customers(1, 'KEPT'));
    const remove = customer('SF_ACCT_KEPT0', {}, { action: 'delete' });
    expect((await (await load([remove])).results())[0]?.error?.code).toBe('ACTION_NOT_ALLOWED');
    const job = await BulkJob.open(account, 2);
    await job.append(0, customers(2, 'DRY'));
    const hold = { custscript_srl_bulk_dry_run: true, custscript_srl_job: job.id };
    await account.control('POST', 'faults', [{ kind: 'failApi', code: 'FAILED', match: { api: 'task.submit' } }]);
    expect((await job.start()).stage).toContain('waits for the schedule');
    await account.control('POST', 'scripts/customscript_srl_apply_bulk/customdeploy_srl_apply_bulk_s/run', {
      wait: true,
      params: hold,
    });
    expect((await job.results()).map(({ status, warnings }) => [status, warnings[0]?.code])).toEqual([
      ['unchanged', 'DRY_RUN'],
      ['unchanged', 'DRY_RUN'],
    ]);
    expect(await account.byExternalId('customer', 'SF_ACCT_DRY0')).toBeNull();
  });
});
