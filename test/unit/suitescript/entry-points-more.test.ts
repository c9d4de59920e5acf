import cache from 'N/cache';
import crypto from 'N/crypto';
import query from 'N/query';
import record from 'N/record';
import runtime from 'N/runtime';
import search from 'N/search';
import * as bulk from 'SuiteScripts/suiterelay/restlets/bulk';
import * as describeScript from 'SuiteScripts/suiterelay/restlets/describe';
import * as read from 'SuiteScripts/suiterelay/restlets/read';
import * as reconcile from 'SuiteScripts/suiterelay/restlets/reconcile';
import * as applyBulk from 'SuiteScripts/suiterelay/map-reduce/apply-bulk';
import * as housekeeping from 'SuiteScripts/suiterelay/map-reduce/housekeeping';
import * as publish from 'SuiteScripts/suiterelay/map-reduce/publish-changes';
import * as sweep from 'SuiteScripts/suiterelay/map-reduce/sweep';

jest.mock('N/cache');
jest.mock('N/crypto');
jest.mock('N/query');
jest.mock('N/record');
jest.mock('N/runtime');
jest.mock('N/search');

/** Permission levels of the calling role; all others are Full. */
let levels: Record<string, number> = {};
let parameters: Record<string, unknown> = {};

beforeEach(() => {
  jest.resetAllMocks();
  levels = {};
  parameters = {};
  jest.mocked(runtime.getCurrentScript).mockReturnValue({
    deploymentId: 'customdeploy_x',
    getRemainingUsage: () => 5000,
    getParameter: ({ name }: { name: string }) => parameters[name] ?? null,
  } as never);
  jest.mocked(runtime.getCurrentUser).mockReturnValue({
    id: 4,
    role: 1001,
    getPermission: ({ name }: { name: string }) => levels[name] ?? 4,
  } as never);
  jest.mocked(query.runSuiteQL).mockReturnValue({ results: [] } as never);
});

const nameOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return (thrown as { name: string }).name;
  }
  return 'nothing thrown';
};
const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return (thrown as { message: string }).message;
  }
  return '';
};
const written = (): { key: string; value: string }[] & { write(pair: { key: string; value: string }): void } => {
  const pairs: { key: string; value: string }[] = [];
  return Object.assign(pairs, { write: (pair: { key: string; value: string }) => void pairs.push(pair) });
};

describe('read', () => {
  test.each([
    ['an unknown page', { page: 'secrets' }],
    ['a time that is none', { page: 'items', since: 'yesterday' }],
    ['an id that is none', { page: 'items', ids: '1,x' }],
    ['too many ids', { page: 'items', ids: Array.from({ length: 201 }, (_, at) => at + 1).join(',') }],
  ])('refuses %s before it asks NetSuite', (_, params) => {
    expect(nameOf(() => read.get(params))).toBe('INVALID_REQUEST_BODY');
    expect(query.runSuiteQL).not.toHaveBeenCalled();
  });

  test('names the permission it lacks instead of answering an empty page', () => {
    levels = { TRAN_CUSTPYMT: 0 };
    expect(messageOf(() => read.get({ page: 'payments' }))).toContain('TRAN_CUSTPYMT');
  });

  test('asks no SuiteQL of a role without SuiteAnalytics Workbook', () => {
    levels = { REPO_ANALYTICS: 0 };
    const getRange = jest.fn().mockReturnValue([]);
    jest.mocked(search.create).mockReturnValue({ run: () => ({ getRange }) } as never);
    expect(read.get({ page: 'rates' })).toMatchObject({ page: 'rates', rows: [] });
    expect(getRange).toHaveBeenCalled();
    expect(query.runSuiteQL).not.toHaveBeenCalled();
  });
});

describe('reconcile', () => {
  const request = { recordType: 'creditmemo', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };

  test('refuses what is no request', () =>
    expect(nameOf(() => reconcile.post({ recordType: 'customer' }))).toBe('INVALID_REQUEST_BODY'));

  test('counts nothing as nothing, with the hash of no text', () =>
    expect(reconcile.post(request)).toEqual({
      count: 0,
      hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      rows: [],
    }));

  test('never counts what the role may not see as nothing', () => {
    levels = { TRAN_CUSTCRED: 0 };
    expect(nameOf(() => reconcile.post(request))).toBe('NOT_READABLE');
  });
});

describe('bulk', () => {
  beforeEach(() => {
    jest.mocked(crypto.createHash).mockReturnValue({ update: () => undefined, digest: () => 'A'.repeat(64) });
  });

  test.each([
    [{ action: 'explode' }],
    [{ action: 'open', recordType: 'customer', total: 0 }],
    [{ action: 'append', jobId: '1', part: 0 }],
  ])('refuses %j by name', (body) => expect(nameOf(() => bulk.post(body))).toBe('INVALID_REQUEST_BODY'));

  test('refuses a part whose checksum is another, before it looks for the job', () => {
    const part = { action: 'append', jobId: '1', part: 0, sha256: 'b'.repeat(64), operations: [{}] };
    expect(nameOf(() => bulk.post(part))).toBe('CHECKSUM_MISMATCH');
    expect(query.runSuiteQL).not.toHaveBeenCalled();
  });

  test('names a job that there is not, without asking for what can’t be an id', () => {
    expect(nameOf(() => bulk.post({ action: 'status', jobId: "1' OR '1'='1" }))).toBe('JOB_NOT_FOUND');
    expect(query.runSuiteQL).not.toHaveBeenCalled();
    expect(nameOf(() => bulk.post({ action: 'status', jobId: '7' }))).toBe('JOB_NOT_FOUND');
  });
});

describe('describe', () => {
  beforeEach(() => {
    jest.mocked(cache.getCache).mockReturnValue({ get: () => '3', put: () => undefined } as never);
  });
  const blank = (): object => ({
    getValue: () => '10',
    getFields: () => ['companyname', 'phone'],
    getField: ({ fieldId }: { fieldId: string }) => ({
      isMandatory: fieldId === 'companyname',
      getSelectOptions: () => [],
    }),
  });

  test('tells missing permissions, mandatory fields by form, and what was lost', () => {
    levels = { LIST_CUSTJOB: 1 };
    jest.mocked(record.create).mockReturnValue(blank() as never);
    jest.mocked(query.runSuiteQL).mockReturnValue({ results: [{ values: [5] }] } as never);
    const answer = describeScript.get({ types: ' Customer ,DROP TABLE x' });
    expect(answer.permissions.missing).toEqual(['Customers (LIST_CUSTJOB, level 3)']);
    expect(Object.keys(answer.types)).toEqual(['customer']);
    expect(answer.types['customer']?.mandatory).toEqual({ '10': ['companyname'] });
    expect(answer.outbox).toEqual({ waiting: 5, lost: 3 });
  });

  test('a type that the role may not create answers no mandatory fields, and does not fail', () => {
    jest.mocked(record.create).mockImplementation(() => {
      throw Object.assign(new Error('no'), { name: 'INSUFFICIENT_PERMISSION' });
    });
    expect(describeScript.get({ types: 'customer' }).types['customer']?.mandatory).toEqual({});
  });

  test('a role without SuiteScript Scheduling starts nothing on demand', () => {
    levels = { ADMI_SS_SCHEDULING: 0 };
    expect(describeScript.get({ types: 'customer' }).limits.onDemand).toBe(false);
  });
});

describe('Map/Reduce scripts', () => {
  test('no waiting job, no work; an error in one bucket ends no other', () => {
    expect(applyBulk.getInputData({} as never)).toEqual([]);
    expect(
      [applyBulk.config, sweep.config, publish.config, housekeeping.config].map((config) => config?.exitOnError),
    ).toEqual([false, false, false, false]);
  });

  test('nothing is published while no address is set, and nothing is read', () => {
    expect(publish.getInputData({} as never)).toEqual([]);
    expect(query.runSuiteQL).not.toHaveBeenCalled();
  });

  test('values of a bucket begin with the padded row id, because reduce sorts them as text', () => {
    const context = written();
    const row = (id: string): object => ({
      id,
      recordType: 'customer',
      recordId: '7',
      kind: 'updated',
      at: '',
      body: '{}',
    });
    for (const id of ['9', '10'])
      void publish.map(Object.assign(context, { value: JSON.stringify({ row: row(id), buckets: 4 }) }) as never);
    expect(new Set(context.map(({ key }) => key)).size).toBe(1);
    expect(
      context
        .map(({ value }) => value)
        .sort()
        .map((value) => (JSON.parse(value.slice(16)) as { id: string }).id),
    ).toEqual(['9', '10']);
  });

  test('housekeeping does not mind what somebody else deleted, and does not hide any other refusal', () => {
    const context = Object.assign(written(), {
      value: JSON.stringify({ type: 'customrecord_srl_outbox', ids: ['7'] }),
    });
    const refuse = (name: string): void => {
      jest.mocked(record.delete).mockImplementation(() => {
        throw Object.assign(new Error(name), { name });
      });
    };
    refuse('RCRD_DSNT_EXIST');
    void housekeeping.map(context as never);
    expect(context).toHaveLength(1);
    refuse('INSUFFICIENT_PERMISSION');
    expect(nameOf(() => housekeeping.map(context as never))).toBe('INSUFFICIENT_PERMISSION');
  });

  test('a sweep whose row can’t be written fails, so that it is tried again; what was written is told', () => {
    const item = { kind: 'updated', data: { recordType: 'customer', internalId: '7', origin: { opId: null } } };
    const context = Object.assign(written(), { value: JSON.stringify([item]) });
    jest.mocked(record.create).mockReturnValue({ setValue: () => undefined, save: () => 1 } as never);
    void sweep.map(context as never);
    expect(context.map(({ key }) => key)).toEqual(['customer']);
    jest.mocked(record.create).mockImplementation(() => {
      throw Object.assign(new Error('no'), { name: 'UNEXPECTED_ERROR' });
    });
    expect(nameOf(() => sweep.map(context as never))).toBe('UNEXPECTED_ERROR');
    expect(context).toHaveLength(1);
  });
});
