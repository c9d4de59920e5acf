import type { ChangeEvent } from '../../../contract/change-event';
import { startAccount, type NetSuiteAccount, type StoredRecord } from '../../helpers/netsuite/account-process';
import { untilIdle } from '../../helpers/netsuite/until-idle';
import { batch, customer, resultsOf, value } from '../../helpers/netsuite/operations';

interface Run {
  state: string;
  stages: { stage: string; errors: unknown[] }[];
}

const MINUTE_MS = 60_000;
/** A quarter past noon of tomorrow. */
const NOON = Date.parse(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T12:15:00Z`);

describe('the sweep finds what User Events missed, once', () => {
  let account: NetSuiteAccount;

  beforeAll(async () => {
    account = await startAccount();
  });
  afterAll(() => account.stop());
  beforeEach(async () => {
    await account.control('POST', 'reset');
    // Away from ten past the hour, when the schedule sweeps too: two sweeps at once may both find the same.
    await account.control('POST', 'clock', { set: new Date(NOON).toISOString() });
    await untilIdle(account);
  });

  const write = async (externalId: string, fields: object): Promise<string> => {
    const [result] = resultsOf(await account.restlet('upsert', batch([customer(externalId, fields)])));
    return result?.internalId ?? '';
  };
  const page = async (after: string): Promise<{ events: ChangeEvent[]; cursor: string; more: boolean }> => {
    const { body } = await account.restlet('changes', undefined, { query: `&after=${after}&limit=1000` });
    return body as unknown as { events: ChangeEvent[]; cursor: string; more: boolean };
  };
  const drain = async (): Promise<ChangeEvent[]> => {
    const found: ChangeEvent[] = [];
    for (let after = '0'; ;) {
      const { events, cursor, more } = await page(after);
      if (events.length > 0) await account.restlet('changes', { acknowledge: events.map(({ id }) => id) });
      found.push(...events);
      after = cursor;
      if (!more) return found;
    }
  };
  const sweep = async (types = 'customer', more: object = {}): Promise<Run> =>
    account.control<Run>('POST', 'scripts/customscript_srl_sweep/customdeploy_srl_sweep_2/run', {
      wait: true,
      params: { custscript_srl_sweep_types: types, ...more },
    });
  const advance = (minutes: number): Promise<unknown> =>
    account.control('POST', 'clock', { advanceMs: minutes * MINUTE_MS });
  const silently = (id: string, fields: object): Promise<unknown> =>
    account.control('POST', 'ui/save', { type: 'customer', id, fields, context: 'CSVIMPORT', triggers: false });

  test('a change made inside another script’s User Event', async () => {
    const source = `/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/record'], (record) => ({
  afterSubmit: ({ newRecord }) => {
    const parent = newRecord.getValue({ fieldId: 'parent' });
    if (parent) record.submitFields({ type: 'customer', id: parent, values: { comments: 'has a child' } });
  },
}));`;
    const parent = await write('SF_ACCT_PARENT', { companyname: value('Parent') });
    await drain();
    await advance(1);
    await account.control('POST', 'scripts', [
      {
        scriptId: 'customscript_foreign_event',
        type: 'userevent',
        path: 'SuiteScripts/foreign-event.js',
        source,
        deployments: [{ deploymentId: 'customdeploy_foreign_event', status: 'RELEASED', recordType: 'CUSTOMER' }],
      },
    ]);
    await write('SF_ACCT_CHILD', {
      companyname: value('Child'),
      parent: { ref: { recordType: 'customer', internalId: parent } },
    });
    expect((await drain()).map(({ data }) => data.externalId)).toEqual(['SF_ACCT_CHILD']);
    await sweep();
    expect((await drain()).map(({ data }) => [data.internalId, data.foundBy])).toEqual([[parent, 'sweep']]);
  });

  test('a row that could not be written, although the mark of the save says "captured"', async () => {
    const id = await write('SF_ACCT_LOST', { companyname: value('Lost') });
    await drain();
    await account.control('POST', 'faults', [
      {
        kind: 'failApi',
        code: 'UNEXPECTED_ERROR',
        match: { api: 'record.save', recordType: 'customrecord_srl_outbox' },
        times: 1,
      },
    ]);
    const saved = await account.control('POST', 'ui/save', { type: 'customer', id, fields: { phone: '1' } });
    expect(saved).toMatchObject({ saved: true });
    expect((await account.restlet('describe')).body['outbox']).toMatchObject({ lost: 1 });
    expect(await drain()).toEqual([]);
    await sweep();
    expect((await drain()).map(({ data }) => data.internalId)).toEqual([id]);
  });

  test('a silent save while an earlier change still waits, however soon it came', async () => {
    const id = await write('SF_ACCT_SOON', { companyname: value('Soon') });
    await account.control('POST', 'clock', { advanceMs: 3000 });
    await silently(id, { phone: '2' });
    await sweep();
    expect((await drain()).map(({ data }) => data.foundBy)).toEqual(['capture', 'sweep']);
    await sweep();
    expect(await drain()).toEqual([]);
  });

  test('a silent save seconds after a captured one that is delivered already', async () => {
    const id = await write('SF_ACCT_RIGHT_AFTER', { companyname: value('Right after') });
    await drain();
    await account.control('POST', 'clock', { advanceMs: 5000 });
    await silently(id, { phone: '3' });
    // An account whose saves are slow may widen what counts as one save.
    await sweep('customer', { custscript_srl_sweep_save: 60 });
    expect(await drain()).toEqual([]);
    await sweep();
    expect((await drain()).map(({ data }) => [data.internalId, data.foundBy])).toEqual([[id, 'sweep']]);
  });

  test('what was found, captured or deleted before is not found again by windows that overlap', async () => {
    const [kept, gone, silent] = [
      await write('SF_ACCT_KEPT', { companyname: value('Kept') }),
      await write('SF_ACCT_GONE', { companyname: value('Gone') }),
      await write('SF_ACCT_SILENT', { companyname: value('Silent') }),
    ];
    await drain();
    await advance(1);
    await silently(kept, { phone: '3' });
    await account.control('POST', 'ui/save', { type: 'customer', id: gone, fields: {}, delete: true });
    await account.control('POST', 'ui/save', {
      type: 'customer',
      id: silent,
      fields: {},
      delete: true,
      triggers: false,
    });
    await sweep();
    const first = (await drain()).map(({ type, data }) => [type.split('.')[3], data.internalId, data.foundBy]);
    expect(first).toHaveLength(3);
    expect(first).toEqual(
      expect.arrayContaining([
        ['deleted', gone, 'capture'],
        ['updated', kept, 'sweep'],
        ['deleted', silent, 'sweep'],
      ]),
    );
    for (let again = 0; again < 2; again += 1) {
      await advance(20);
      await sweep();
      expect((await drain()).filter(({ type }) => type.includes('deleted'))).toEqual([]);
    }
  });

  test('a request that the relay has not answered for half an hour is asked once more, an answered one is not', async () => {
    const name = value('x'.repeat(200));
    const failed = customer('SF_ACCT_ASKED', { companyname: name });
    await account.restlet('upsert', batch([failed, customer('SF_ACCT_TOLD', { companyname: name })]));
    const rows = await account.control<StoredRecord[]>('GET', 'records/customrecord_srl_failure');
    const actions = await account.control<StoredRecord[]>('GET', 'records/customlist_srl_action');
    const retry = actions.find((entry) => entry.fields['name'] === 'Retry')?.id;
    for (const { id } of rows) {
      const fields = { custrecord_srl_fl_action: retry, custrecord_srl_fl_note: 'please' };
      await account.control('POST', 'ui/save', { type: 'customrecord_srl_failure', id, fields });
    }
    expect(await drain()).toHaveLength(2);
    const told = rows.find(({ fields }) => fields['custrecord_srl_fl_op'] !== failed['opId']);
    const answers = [{ row: told?.id, answer: 'sent again', closed: false }];
    await account.restlet('changes', { acknowledge: [], answers });
    await sweep();
    expect(await drain()).toEqual([]);
    await advance(31);
    await sweep();
    expect((await drain()).map(({ data }) => data.request)).toEqual([
      { opId: failed['opId'], action: 'retry', note: 'please' },
    ]);
  });

  test('every type that is captured is swept: none is left out and none stops the others', async () => {
    const started = await account.control<{ logs?: unknown[] }[]>('GET', 'ledger/log');
    const run = await account.control<Run>('POST', 'scripts/customscript_srl_sweep/customdeploy_srl_sweep_2/run', {
      wait: true,
    });
    expect(run.state).toBe('COMPLETE');
    const log = (await account.control<{ title: string }[]>('GET', 'ledger/log')).slice(started.length);
    expect(log.map(({ title }) => title).filter((title) => title.includes("can't be swept"))).toEqual([]);
  });

  test('beyond 5,000 records and 5,000 waiting rows nothing is lost and nothing is found twice', async () => {
    const COUNT = 5200;
    const ids: string[] = [];
    for (let at = 0; at < COUNT; at += 1300) {
      const rows = Array.from({ length: 1300 }, (_, next) => ({
        type: 'customer',
        externalId: `SF_ACCT_MANY${at + next}`,
        fields: { companyname: `Many ${at + next}`, isinactive: false },
      }));
      ids.push(...(await account.seed(rows)));
    }
    const silent = ids.splice(-3);
    const at = new Date(NOON + 3_600_000).toISOString();
    for (let from = 0; from < ids.length; from += 1300) {
      await account.seed(
        ids.slice(from, from + 1300).map((id) => ({
          type: 'customrecord_srl_outbox',
          fields: {
            custrecord_srl_ob_type: 'customer',
            custrecord_srl_ob_record: id,
            custrecord_srl_ob_kind: 'updated',
            custrecord_srl_ob_state: 'sent',
            custrecord_srl_ob_at: at,
            custrecord_srl_ob_body: '{}',
          },
        })),
      );
    }
    await sweep();
    expect((await drain()).map(({ data }) => data.internalId)).toEqual(silent);
    const window = {
      from: new Date(NOON - 3_600_000).toISOString(),
      to: new Date(NOON + 3_600_000).toISOString(),
    };
    const seen: string[] = [];
    const hashes = new Set<string>();
    for (let after: string | undefined; ;) {
      const { body } = await account.restlet('reconcile', {
        recordType: 'customer',
        ...window,
        ...(after ? { after } : {}),
      });
      const answer = body as { count: number; hash: string; rows: { internalId: string }[]; after?: string };
      expect(answer.rows).toHaveLength(answer.count);
      seen.push(...answer.rows.map(({ internalId }) => internalId));
      hashes.add(answer.hash);
      after = answer.after;
      if (after === undefined) break;
    }
    expect(hashes.size).toBeGreaterThan(5);
    expect(new Set(seen).size).toBe(seen.length);
    expect(new Set(seen)).toEqual(new Set([...seen, ...ids, ...silent]));
  });

  test('beyond 4,000 deletions of one window none is lost and none is told twice', async () => {
    const COUNT = 4500;
    const idOf = (at: number): string => String(900_000 + at);
    // Told already, all but a few at the beginning, in the middle and at the end.
    const untold = [0, 2250, 4100, 4499].map(idOf);
    const deletions = Array.from({ length: COUNT }, (_, at) => ({
      type: 'deletedrecord',
      fields: {
        recordtype: 'customer',
        recordid: idOf(at),
        deleteddate: new Date(NOON - 1_800_000 + at * 300).toISOString(),
      },
    }));
    const told = deletions
      .map(({ fields }) => fields.recordid)
      .filter((id) => !untold.includes(id))
      .map((id) => ({
        type: 'customrecord_srl_outbox',
        fields: {
          custrecord_srl_ob_type: 'customer',
          custrecord_srl_ob_record: id,
          custrecord_srl_ob_kind: 'deleted',
          custrecord_srl_ob_state: 'sent',
          custrecord_srl_ob_at: new Date(NOON).toISOString(),
          custrecord_srl_ob_body: '{}',
        },
      }));
    for (const rows of [deletions, told])
      for (let from = 0; from < rows.length; from += 1500) await account.seed(rows.slice(from, from + 1500));
    await sweep();
    const found = (await drain()).map(({ type, data }) => [type, data.internalId]);
    expect(found.sort()).toEqual(untold.map((id) => ['com.netsuite.customer.deleted.v1', id]));
    const [run] = (await account.executions('customscript_srl_sweep')).filter(({ stage }) => stage === 'getInputData');
    expect(run?.error).toBeUndefined();
    await sweep();
    expect(await drain()).toEqual([]);
  });
});
