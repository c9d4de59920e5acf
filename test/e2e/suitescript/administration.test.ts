import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount, type StoredRecord } from '../../helpers/netsuite/account-process';
import { BulkJob } from '../../helpers/netsuite/bulk-job';
import { batch, customer, resultsOf, value, type Result } from '../../helpers/netsuite/operations';

interface Run {
  state: string;
  error?: unknown;
  stages: { stage: string; errors: unknown[] }[];
}

describe('running and watching it from NetSuite', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
  });

  afterAll(() => account.stop());

  const one = async (single: object): Promise<Result> =>
    resultsOf(await account.restlet('upsert', batch([single])))[0] as Result;
  const failures = (): Promise<StoredRecord[]> =>
    account.control<StoredRecord[]>('GET', 'records/customrecord_srl_failure');
  const events = async (): Promise<ChangeEvent[]> => {
    const { body } = await account.restlet('changes', undefined, { query: '&after=0&limit=1000' });
    const found = (body as unknown as { events: ChangeEvent[] }).events;
    if (found.length > 0) await account.restlet('changes', { acknowledge: found.map((event) => event.id) });
    return found;
  };
  const run = (script: string, params: object = {}): Promise<Run> =>
    account.control('POST', `scripts/customscript_srl_${script}/customdeploy_srl_${script}_2/run`, {
      wait: true,
      params,
    });

  const bad = (name: string): object => customer('SF_ACCT_FAIL', { companyname: value(name.repeat(200)) });

  test('a failed operation leaves one row for its record, later attempts update it, success closes it', async () => {
    await one(bad('a'));
    await one(bad('b'));
    const rows = await failures();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.fields).toMatchObject({
      custrecord_srl_fl_state: 'open',
      custrecord_srl_fl_code: 'FIELD_TOO_LONG',
      custrecord_srl_fl_class: 'data',
      custrecord_srl_fl_field: 'companyname',
      custrecord_srl_fl_attempts: 2,
    });
    await one(customer('SF_ACCT_FAIL', { companyname: value('short') }));
    expect((await failures())[0]?.fields['custrecord_srl_fl_state']).toBe('closed');
  });

  test('an operation that fails again after its row was closed opens that row anew', async () => {
    const failing = customer('SF_ACCT_AGAIN', { companyname: value('c'.repeat(200)) });
    const { opId } = failing as { opId: string };
    const rows = async (): Promise<StoredRecord[]> =>
      (await failures()).filter(({ fields }) => fields['custrecord_srl_fl_op'] === opId);
    await one(failing);
    const answers = [{ opId, answer: 'closed in the relay', closed: true }];
    await account.restlet('changes', { acknowledge: [], answers });
    expect((await rows())[0]?.fields['custrecord_srl_fl_state']).toBe('closed');
    expect((await one(failing)).warnings).toEqual([]);
    expect(await rows()).toMatchObject([
      {
        fields: {
          custrecord_srl_fl_state: 'open',
          custrecord_srl_fl_attempts: 2,
          custrecord_srl_fl_code: 'FIELD_TOO_LONG',
        },
      },
    ]);
  });

  test('a requested action reaches the relay as an event with operation, action and note; the row itself is no event', async () => {
    await events();
    const failed = customer('SF_ACCT_ASK', { companyname: value('z'.repeat(200)) });
    await one(failed);
    expect(await events()).toEqual([]);
    const row = (await failures()).find(
      (candidate) => candidate.externalId?.toLowerCase() === (failed as { opId: string }).opId,
    );
    const [retry] = (await account.control<StoredRecord[]>('GET', 'records/customlist_srl_action')).filter(
      (entry) => entry.fields['name'] === 'Retry',
    );
    const fields = { custrecord_srl_fl_action: retry?.id, custrecord_srl_fl_note: 'name was shortened in the CRM' };
    await account.control('POST', 'ui/save', { type: 'customrecord_srl_failure', id: row?.id, fields });
    const [event] = await events();
    expect(event?.data).toMatchObject({
      foundBy: 'admin',
      request: { opId: (failed as { opId: string }).opId, action: 'retry', note: 'name was shortened in the CRM' },
    });
  });

  test('the relay answers on the row', async () => {
    const [row] = (await failures()).filter((candidate) => candidate.fields['custrecord_srl_fl_action'] != null);
    const answers = [{ row: row?.id, answer: 'sent again, done', closed: true }];
    expect((await account.restlet('changes', { acknowledge: ['none-0'], answers })).status).toBe(200);
    expect((await account.record('customrecord_srl_failure', row?.id ?? ''))?.fields).toMatchObject({
      custrecord_srl_fl_answer: 'sent again, done',
      custrecord_srl_fl_state: 'closed',
    });
    expect(await events()).toEqual([]);
  });

  test('the sweep finds saves that User Events did not see, and only those', async () => {
    await one(customer('SF_ACCT_SWEPT', { companyname: value('Swept') }));
    await one(customer('SF_ACCT_SEEN', { companyname: value('Seen') }));
    await events();
    const swept = await account.byExternalId('customer', 'SF_ACCT_SWEPT');
    await account.control('POST', 'clock', { advanceMs: 60_000 });
    await account.control('POST', 'ui/save', {
      type: 'customer',
      id: swept?.id,
      fields: { phone: '1' },
      context: 'CSVIMPORT',
      triggers: false,
    });
    // The hour's own sweep may come first: between them they tell the change once.
    const scheduled = await events();
    const answer = await run('sweep', { custscript_srl_sweep_types: 'customer' });
    expect(answer.state).toBe('COMPLETE');
    const found = [...scheduled, ...(await events())];
    expect(found.map((event) => [event.data.externalId, event.data.foundBy])).toEqual([['SF_ACCT_SWEPT', 'sweep']]);
  });

  test('the sweep finds deletions, which no last-modified date shows', async () => {
    await one(customer('SF_ACCT_DELETED', { companyname: value('Deleted') }));
    const gone = await account.byExternalId('customer', 'SF_ACCT_DELETED');
    await events();
    await account.control('POST', 'ui/save', {
      type: 'customer',
      id: gone?.id,
      fields: {},
      delete: true,
      triggers: false,
    });
    await run('sweep', { custscript_srl_sweep_types: 'customer' });
    expect(
      (await events())
        .filter((event) => event.type === 'com.netsuite.customer.deleted.v1')
        .map((event) => event.data.internalId),
    ).toEqual([gone?.id]);
  });

  test('reconcile answers what was modified in a period, with a hash that changes with the content', async () => {
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const to = new Date(Date.now() + 86_400_000).toISOString();
    const page = async (): Promise<{
      count: number;
      hash: string;
      rows: { externalId: string; version: string; lastModified: string }[];
    }> => (await account.restlet('reconcile', { recordType: 'customer', from, to })).body as never;
    const before = await page();
    expect(before.rows.map((row) => row.externalId)).toContain('SF_ACCT_SEEN');
    const seen = await account.byExternalId('customer', 'SF_ACCT_SEEN');
    const row = before.rows.find((candidate) => candidate.externalId === 'SF_ACCT_SEEN');
    expect(row?.lastModified.slice(0, 19)).toBe(String(seen?.fields['lastmodifieddate']).slice(0, 19));
    expect((await page()).hash).toBe(before.hash);
    await one(customer('SF_ACCT_SEEN', { phone: value('2') }));
    expect((await page()).hash).not.toBe(before.hash);
  });

  test('reconcile answers exactly the records of given external ids, whatever their case and however old', async () => {
    const asked = { recordType: 'customer', externalIds: ['sf_acct_seen', 'SF_ACCT_NOWHERE'] };
    const { body } = await account.restlet('reconcile', asked);
    const { count, rows } = body as { count: number; rows: { externalId: string; internalId: string }[] };
    const seen = await account.byExternalId('customer', 'SF_ACCT_SEEN');
    expect({ count, rows }).toEqual({
      count: 1,
      rows: [expect.objectContaining({ externalId: 'SF_ACCT_SEEN', internalId: seen?.id })],
    });
  });

  test('housekeeping deletes closed failures after their time and nothing else', async () => {
    await account.control('POST', 'clock', { advanceMs: 40 * 86_400_000 });
    await one(bad('c'));
    const open = (await failures()).filter((row) => row.fields['custrecord_srl_fl_state'] === 'open').length;
    expect((await run('housekeeping')).state).toBe('COMPLETE');
    const left = await failures();
    expect(left.every((row) => row.fields['custrecord_srl_fl_state'] === 'open')).toBe(true);
    expect(left).toHaveLength(open);
  });

  test('housekeeping takes the files of loads that ended, and loads that were never started, after their time', async () => {
    const done = await BulkJob.open(account, 1);
    await done.append(0, [customer('SF_ACCT_HOUSE', { companyname: value('House') })]);
    await done.start();
    await done.until();
    const forgotten = await BulkJob.open(account, 5);
    await forgotten.append(0, [customer('SF_ACCT_FORGOT', { companyname: value('Forgotten') })]);
    const left = async (): Promise<string[]> => {
      const files = await account.control<StoredRecord[]>('GET', 'records/file?limit=5000');
      return files.map(({ fields }) => String(fields['name'])).filter((name) => name.startsWith('srl-job-'));
    };
    expect((await left()).length).toBeGreaterThanOrEqual(3);
    await account.control('POST', 'clock', { advanceMs: 29 * 86_400_000 });
    const fresh = await BulkJob.open(account, 5);
    await fresh.append(0, [customer('SF_ACCT_FRESH', { companyname: value('Fresh') })]);
    await run('housekeeping');
    expect((await left()).length).toBeGreaterThanOrEqual(4);
    await account.control('POST', 'clock', { advanceMs: 2 * 86_400_000 });
    await run('housekeeping');
    expect((await left()).map((name) => name.split('-')[2])).toEqual([fresh.id]);
    const jobs = await account.control<StoredRecord[]>('GET', 'records/customrecord_srl_job');
    expect(jobs.map(({ id }) => id)).toEqual([fresh.id]);
  });

  test('a fault that meets every save is logged, but does not use up the company’s log calls', async () => {
    await account.control('POST', 'faults', [
      {
        kind: 'failApi',
        code: 'UNEXPECTED_ERROR',
        match: { api: 'record.save', recordType: 'customrecord_srl_outbox' },
      },
    ]);
    const before = (await account.control<object[]>('GET', 'ledger/log')).length;
    const many = Array.from({ length: 60 }, (_, at) =>
      customer(`SF_ACCT_LOG${at}`, { companyname: value(`Log ${at}`) }),
    );
    const results = resultsOf(await account.restlet('upsert', batch(many)));
    await account.control('DELETE', 'faults');
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['created']));
    const logged = (await account.control<object[]>('GET', 'ledger/log')).length - before;
    expect(logged).toBeGreaterThan(0);
    expect(logged).toBeLessThanOrEqual(25);
    expect((await account.restlet('describe')).body['outbox']).toMatchObject({ lost: 60 });
  });
});
