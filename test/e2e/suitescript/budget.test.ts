import { startAccount, type NetSuiteAccount } from '../../helpers/netsuite/account-process';
import {
  batch,
  customer,
  line,
  operation,
  order,
  resultsOf,
  sku,
  value,
  type Result,
} from '../../helpers/netsuite/operations';

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

interface Usage {
  unitsUsed: number;
  unitsLeft: number;
  perOperation: number[];
}

describe('a batch never runs into its limits', () => {
  let account: NetSuiteAccount;
  let serial = 0;

  beforeAll(async () => {
    account = await startAccount();
    await account.seed([{ type: 'noninventoryitem', fields: { itemid: 'Q-1', isinactive: false } }]);
    const xml =
      '<customrecordtype scriptid="customrecord_asset"><recordname>Asset</recordname><accesstype>NONENEEDED</accesstype><includename>T</includename></customrecordtype>';
    await account.control('POST', 'objects', [{ xml }]);
    await account.restlet('upsert', batch([customer('SF_ACCT_Q', { companyname: value('Budget Inc') })]));
  });

  afterAll(() => account.stop());

  const kinds: Record<string, { worst: number; make: (at: number) => object }> = {
    // create + save, a late duplicate's query, three conflict retries, a failure row
    customer: { worst: 15 + 10 + 45 + 6, make: (at) => customer(`SF_ACCT_Q${at}`, { companyname: value(`Q ${at}`) }) },
    contact: {
      worst: 15 + 10 + 45 + 6,
      make: (at) =>
        operation({
          recordType: 'contact',
          externalId: `SF_CON_Q${at}`,
          fields: {
            company: { ref: { recordType: 'customer', externalId: 'SF_ACCT_Q' } },
            lastname: value(`Q ${at}`),
            firstname: value('Q'),
          },
        }),
    },
    salesorder: {
      worst: 30 + 10 + 90 + 6,
      make: (at) =>
        order(`SF_OPP_Q${at}`, 'SF_ACCT_Q', [line('A', { item: sku('Q-1'), quantity: value(1), rate: value(1) })]),
    },
    customrecord_asset: {
      worst: 6 + 10 + 18 + 6 + 6,
      make: (at) =>
        operation({ recordType: 'customrecord_asset', externalId: `Q_${at}`, fields: { name: value(`Q ${at}`) } }),
    },
    noninventoryitem: {
      worst: 15 + 10 + 45 + 6,
      make: (at) =>
        operation({
          recordType: 'noninventoryitem',
          externalId: `Q_ITEM_${at}`,
          fields: { itemid: value(`Q item ${at}`) },
        }),
    },
  };

  const run = async (
    operations: object[],
    budget?: object,
  ): Promise<{ results: Result[]; usage: Usage; real: number; error?: unknown }> => {
    const before = (await account.executions('customscript_srl_upsert')).length;
    const answer = await account.restlet('upsert', batch(operations, budget));
    const execution = (await account.executions('customscript_srl_upsert'))[before];
    return {
      results: resultsOf(answer),
      usage: answer.body['usage'] as Usage,
      real: execution?.unitsUsed ?? -1,
      error: execution?.error,
    };
  };

  /** A request that ends at `quota` units, so that a batch of a few dozen meets the platform's own limit. */
  test.each(Object.keys(kinds))(
    '%s: from 1 operation to twice what fits, all are answered and the rest is handed back',
    async (kind) => {
      const { worst, make } = kinds[kind] as (typeof kinds)[string];
      await account.control('POST', 'faults', [
        { kind: 'quota', units: 600, match: { scriptId: 'customscript_srl_upsert' } },
      ]);
      try {
        for (const size of [1, 5, 20, 60, 120]) {
          const operations = range(size).map(() => make((serial += 1)));
          const { results, usage, real, error } = await run(operations, { ms: 240_000 });
          expect(error).toBeUndefined();
          expect(results).toHaveLength(size);
          expect(usage.unitsUsed).toBe(real);
          expect(real).toBeLessThanOrEqual(600);
          const deferred = results.filter((result) => result.status === 'deferred').length;
          expect(results.filter((result) => result.status === 'created').length + deferred).toBe(size);
          // Put off only when little is left.
          if (deferred > 0) expect(600 - real).toBeLessThanOrEqual(2 * worst);
          // The tail is untouched: once one is put off, all behind it are.
          const first = results.findIndex((result) => result.status === 'deferred');
          if (first >= 0) expect(results.slice(first).every((result) => result.status === 'deferred')).toBe(true);
        }
      } finally {
        await account.control('DELETE', 'faults');
      }
    },
  );

  /** Every second save is lost to somebody else's, so that operations cost up to their worst case. */
  test.each(['customer', 'salesorder', 'noninventoryitem'])(
    '%s: conflicts that make operations dear never lead beyond the limit, nor stop a batch early',
    async (kind) => {
      const { worst, make } = kinds[kind] as (typeof kinds)[string];
      const made = range(40).map(() => make((serial += 1)) as { fields: object; key: object });
      for (let sent = made; sent.length > 0;) {
        const { results } = await run(sent, { ms: 240_000 });
        sent = sent.filter((_, at) => results[at]?.status === 'deferred');
      }
      const field =
        kind === 'salesorder'
          ? { otherrefnum: value('PO') }
          : kind === 'customer'
            ? { email: value('x@example.com') }
            : { displayname: value('D') };
      const changed = made.map(({ key }) =>
        operation({ recordType: kind, externalId: (key as { externalId: string }).externalId, fields: field }),
      );
      await account.control('POST', 'faults', [
        { kind: 'quota', units: 600, match: { scriptId: 'customscript_srl_upsert' } },
        {
          kind: 'editBetween',
          fields: { isinactive: false },
          probability: 0.5,
          seed: 7,
          match: { scriptId: 'customscript_srl_upsert', recordType: kind },
        },
      ]);
      try {
        const { results, real, error } = await run(changed, { ms: 240_000 });
        expect(error).toBeUndefined();
        expect(real).toBeLessThanOrEqual(600);
        const statuses = new Set(results.map((result) => result.error?.code ?? result.status));
        expect(
          [...statuses].filter((status) => !['updated', 'deferred', 'RECORD_KEEPS_CHANGING'].includes(status)),
        ).toEqual([]);
        expect(statuses.has('deferred')).toBe(true);
        expect(600 - real).toBeLessThanOrEqual(2 * worst);
      } finally {
        await account.control('DELETE', 'faults');
      }
    },
  );

  test('at the real limit of 5,000 units: what fits is written, the rest is handed back', async () => {
    for (const size of [300, 600]) {
      const operations = range(size).map(() => kinds['customer']?.make((serial += 1)) ?? {});
      const { results, real, error } = await run(operations, { ms: 240_000 });
      expect(error).toBeUndefined();
      expect(real).toBeLessThanOrEqual(5000);
      const deferred = results.filter((result) => result.status === 'deferred').length;
      expect(results.filter((result) => result.status === 'created').length + deferred).toBe(size);
      if (deferred > 0) expect(5000 - real).toBeLessThanOrEqual(2 * 76);
    }
  });

  test('deferred operations succeed when they are sent again', async () => {
    const operations = range(40).map((at) => customer(`SF_ACCT_AGAIN${at}`, { companyname: value(`Again ${at}`) }));
    const first = await run(operations, { units: 200 });
    const put = operations.filter((_, at) => first.results[at]?.status === 'deferred');
    expect(put.length).toBeGreaterThan(20);
    expect(first.usage.unitsUsed).toBeLessThanOrEqual(215);
    const second = await run(put);
    expect(new Set(second.results.map((result) => result.status))).toEqual(new Set(['created']));
  });

  test('every call makes progress, however small its budget', async () => {
    const { results } = await run(
      range(3).map((at) => customer(`SF_ACCT_TINY${at}`, { companyname: value(`Tiny ${at}`) })),
      { units: 1 },
    );
    expect(results.map((result) => result.status)).toEqual(['created', 'deferred', 'deferred']);
  });

  test('no write starts after the time is over', async () => {
    await account.control('POST', 'faults', [
      { kind: 'latency', ms: 400, match: { scriptId: 'customscript_srl_upsert', api: 'record.save' } },
    ]);
    const operations = range(10).map((at) => customer(`SF_ACCT_TIME${at}`, { companyname: value(`Time ${at}`) }));
    const { results } = await run(operations, { ms: 1000 });
    await account.control('DELETE', 'faults');
    const statuses = results.map((result) => result.status);
    expect(statuses.filter((status) => status === 'created').length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 'deferred').length).toBeGreaterThan(0);
    expect(statuses.indexOf('deferred')).toBeGreaterThan(statuses.lastIndexOf('created'));
  });

  test('bad operations in a batch of 1,000 never harm their neighbours', async () => {
    // The good ones are known and unchanged, so that the whole batch fits; between them is every kind of bad one.
    const good = range(60).map((at) => customer(`SF_ACCT_K${at}`, { companyname: value(`K ${at}`) }));
    await run(good, { ms: 240_000 });
    const company = (at: number): object => customer(`SF_ACCT_K${at % 60}`, { companyname: value(`K ${at % 60}`) });
    const bad: ((at: number) => object)[] = [
      (at) => customer(`SF_ACCT_KB${at}`, { companyname: value('x'.repeat(99)) }),
      (at) => customer(`SF_ACCT_KB${at}`, { total: value(1) }),
      (at) => ({ ...customer(`SF_ACCT_KB${at}`, {}), action: 'explode' }),
      (at) =>
        customer(`SF_ACCT_KB${at}`, {
          currency: { ref: { recordType: 'currency', key: { field: 'symbol', value: 'XXX' } } },
        }),
      (at) => ({ ...customer(`SF_ACCT_KB${at}`, { phone: value('1') }), action: 'update' }),
      (at) => ({ opId: `junk-${at}` }),
      (at) =>
        customer(
          `SF_ACCT_KB${at}`,
          { companyname: value('R') },
          { requires: [{ recordType: 'customer', externalId: 'SF_ACCT_NOBODY' }] },
        ),
    ];
    const operations = range(1000).map((at) =>
      at % 10 === 3 ? (bad[at % bad.length] as (at: number) => object)(at) : company(at),
    );
    const { results, error } = await run(operations, { ms: 240_000 });
    expect(error).toBeUndefined();
    const isBad = (at: number): boolean => at % 10 === 3;
    expect(results.filter((_, at) => isBad(at)).map((result) => result.status)).toEqual(Array(100).fill('failed'));
    expect(results.filter((_, at) => !isBad(at)).map((result) => result.status)).toEqual(Array(900).fill('unchanged'));
  });
});
