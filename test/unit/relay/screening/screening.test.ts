import { pino } from 'pino';
import fc from 'fast-check';
import { createFlowSet, defineFlow, type FlowInput } from '../../../../flows';
import { dueAt } from '../../../../flows/due-at';
import { countWrite } from '../../../../relay/screening/hops';
import { ScreenedPipeline } from '../../../helpers/screened-pipeline';
import { POOL } from '../../../helpers/stores';
import type { ChangeEvent } from '../../../../contract';
import { EventInlet } from '../../../../relay/delivery/take-events';
import { ShadowRouter } from '../../../../relay/screening/shadow-router';

const flow: FlowInput = {
  id: 'test.account',
  title: 'Account to customer',
  crm: 'salesforce',
  object: 'Account',
  direction: 'toNetSuite',
  recordType: 'customer',
  key: { prefix: 'T', from: 'Id' },
  fields: [
    { to: 'companyname', from: 'Name', owner: { crmWhile: ['LEAD', 'PROSPECT'], then: 'netsuite' } },
    { to: 'phone', from: 'Phone', owner: 'crm' },
    { to: 'terms', from: 'Terms', owner: 'netsuite', write: 'onCreate' },
  ],
};
const at = (second: number): string => `2026-03-01T12:00:${String(second).padStart(2, '0')}.000+0000`;
const account = (second: number, values: Record<string, unknown>): Record<string, unknown> => ({
  Id: '1',
  SystemModstamp: at(second),
  Name: 'Acme',
  Phone: '1',
  Terms: 'Net 30',
  ...values,
});

let line: ScreenedPipeline;
const outcome = async (operationId: string) => {
  const found = await line.bench.store.getOperation(operationId);
  return { state: found?.state, result: found?.result, error: found?.error?.code, skipped: found?.skipped };
};
const send = async (record: Record<string, unknown>, more = {}) => {
  const id = await line.receive(record, more);
  line.bench.advance(5);
  await line.run();
  return outcome(id);
};

beforeEach(async () => {
  line = await ScreenedPipeline.open(flow);
});
afterEach(() => line.close());

it('asks NetSuite nothing for a record it is known to hold, and says unchanged', async () => {
  expect(await send(account(1, {}))).toMatchObject({ state: 'done', result: 'created' });
  expect(await send(account(2, {}))).toMatchObject({ state: 'done', result: 'unchanged' });
  expect(await send(account(2, { Phone: ' 1 ' }))).toMatchObject({ state: 'done', result: 'unchanged' });
  expect(line.calls).toBe(1);
});

it('takes a genuine edit one second, and one in the same second, after our own write', async () => {
  await send(account(1, {}));
  expect(await send(account(2, { Phone: '2' }))).toMatchObject({ result: 'updated' });
  expect(await send(account(2, { Phone: '3' }))).toMatchObject({ result: 'updated' });
  expect(line.books.get('T_1')).toMatchObject({ phone: '3' });
});

it('P27: drops what is older than what was accepted, in whatever order it comes', async () => {
  await send(account(5, { Phone: 'new' }));
  expect(await send(account(3, { Phone: 'old' }))).toMatchObject({ state: 'done', result: 'stale' });
  expect(line.books.get('T_1')).toMatchObject({ phone: 'new' });
});

it('ends in the same values for the same edits in any order', async () => {
  // Each edit has a value of its own: a field that comes back to the same ones again and again is held on purpose.
  const edits = fc.uniqueArray(
    fc.integer({ min: 1, max: 50 }).map((second) => ({ second, phone: `p${second}` })),
    { selector: ({ second }) => second, minLength: 2, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(edits, fc.infiniteStream(fc.nat()), async (list, keys) => {
      const order = new Map(list.map((edit) => [edit, keys.next().value as number]));
      const one = await ScreenedPipeline.open(flow);
      for (const { second, phone } of [...list].sort((a, b) => order.get(a)! - order.get(b)!)) {
        await one.receive(account(second, { Phone: phone }));
        one.bench.advance(3);
        if (second % 2 === 0) await one.run();
      }
      await one.run();
      const newest = [...list].sort((a, b) => b.second - a.second)[0]!;
      expect(one.books.get('T_1')).toMatchObject({ phone: newest.phone });
      await one.close();
    }),
    { numRuns: 40 },
  );
});

it('takes no value that is still on its way for a swing back', async () => {
  await send(account(1, { Phone: 'b' }));
  await line.receive(account(2, { Phone: 'a' }));
  line.bench.advance(3);
  await send(account(3, { Phone: 'a' }));
  expect(await send(account(4, { Phone: 'b' }))).toMatchObject({ result: 'updated' });
});

it('sends again what did not get there: an older value between, an operation given up, an edit in NetSuite', async () => {
  await send(account(1, {}));
  const [second] = [await line.receive(account(2, { Phone: '2' }))];
  await line.bench.store.cancel(second, { actor: 'test' });
  expect(await send(account(3, { Phone: '2' }))).toMatchObject({ result: 'updated' });
  await line.receive(account(4, { Phone: '4' }));
  line.bench.advance(1);
  expect(await send(account(5, { Phone: '2' }))).toMatchObject({ result: 'updated' });
  await line.edit('T_1', 'phone', '9');
  expect(await send(account(6, { Phone: '2' }))).toMatchObject({ result: 'updated' });
  expect(line.books.get('T_1')).toMatchObject({ phone: '2' });
});

it('P34, A13: leaves what NetSuite owns, first by its write mode, then by the stage, and writes it down', async () => {
  await send(account(1, {}));
  expect(await send(account(2, { Terms: 'Net 60' }))).toMatchObject({
    result: 'unchanged',
    skipped: [{ field: 'terms', reason: 'not-owner' }],
  });
  expect(await send(account(3, { Name: 'Acme Ltd' }))).toMatchObject({ result: 'updated' });
  line.stage = 'CUSTOMER';
  await send(account(4, { Name: 'Other' }));
  const calls = line.calls;
  expect(await send(account(5, { Name: 'Another' }))).toMatchObject({
    result: 'unchanged',
    skipped: [{ field: 'companyname', reason: 'not-owner' }],
  });
  expect(line.calls).toBe(calls);
  expect(line.books.get('T_1')).toMatchObject({ companyname: 'Acme Ltd', terms: 'Net 30' });
  expect(await send(account(6, { Name: 'Another', Phone: '2' }))).toMatchObject({ result: 'updated' });
});

it('P34: puts the edit of a field NetSuite owns before a person where the flow says so', async () => {
  await line.close();
  const fields = flow.fields!.map((field) => ({ ...field, foreignEdit: 'review' as const }));
  line = await ScreenedPipeline.open({ ...flow, fields });
  await send(account(1, {}));
  expect(await send(account(2, { Terms: 'Net 60' }))).toMatchObject({ state: 'review', error: 'FOREIGN_EDIT' });
});

it('A45: a field that two masters keep goes to review instead of swinging for ever', async () => {
  await send(account(1, { Phone: 'a' }));
  const outcomes = [];
  for (let round = 0; round < 6; round += 1) {
    outcomes.push((await send(account(2 + round, { Phone: round % 2 ? 'a' : 'b' }))).error);
    line.bench.advance(1000);
  }
  expect(outcomes).toContain('FIELD_OSCILLATES');
  expect(line.writes).toBeLessThanOrEqual(5);
});

it('A45: and also when NetSuite is the other master', async () => {
  await send(account(1, { Phone: 'a' }));
  const outcomes = [];
  for (let round = 0; round < 6; round += 1) {
    await line.edit('T_1', 'phone', 'b');
    outcomes.push((await send(account(2 + round, { Phone: 'a' }))).error);
    line.bench.advance(1000);
  }
  expect(outcomes).toContain('FIELD_OSCILLATES');
});

it('A45: one change told four times before NetSuite has answered is no swing, though NetSuite was edited before', async () => {
  await send(account(1, { Phone: 'a' }));
  await line.edit('T_1', 'phone', 'c');
  const ids = [];
  for (let second = 2; second < 6; second += 1) {
    ids.push(await line.receive(account(second, { Phone: 'b' })));
    line.bench.advance(10);
  }
  await line.run();
  for (const id of ids) expect((await line.bench.store.getOperation(id))?.state).toBe('done');
  expect(line.books.get('T_1')).toMatchObject({ phone: 'b' });
});

const crossings = { account: POOL, crm: 'salesforce', object: 'Account', crmId: '1' };
/** NetSuite answers, and its answer is written onto the account. */
const answerInCrm = async (): Promise<void> => {
  const { store } = line.bench;
  await store.putShadows([await countWrite(store, { ...crossings, nowMs: line.bench.now })]);
};

describe('P9: a circle of machines whose every value is new', () => {
  const byMachine = true;
  it('ends at the third crossing, whatever its flows are', async () => {
    await send(account(1, {}));
    const outcomes = [];
    for (let round = 0; round < 6; round += 1) {
      await answerInCrm();
      line.bench.advance(1_000);
      outcomes.push((await send(account(2 + round, { Phone: `x${round}` }), { byMachine })).error);
    }
    expect(outcomes.slice(0, 3)).toEqual([undefined, undefined, 'TOO_MANY_HOPS']);
    expect(line.writes).toBe(3);
  });

  it('is none where our writes and its edits do not answer each other', async () => {
    await send(account(1, {}));
    for (let round = 0; round < 6; round += 1) {
      // Each of our writes and each of its edits stands alone: an hour lies between them.
      await answerInCrm();
      line.bench.advance(3_600_000);
      expect(await send(account(2 + round, { Phone: `x${round}` }), { byMachine })).toMatchObject({
        result: 'updated',
      });
      line.bench.advance(3_600_000);
    }
    for (let round = 0; round < 5; round += 1) await answerInCrm();
    expect(await send(account(30, { Phone: 'last' }), { byMachine })).toMatchObject({ result: 'updated' });
  });
});

it.each([false, undefined])(
  'P9: an edit right after our writes, by a machine: %s, is never counted as part of a circle',
  async (byMachine) => {
    await send(account(1, {}));
    for (let round = 0; round < 6; round += 1) {
      await answerInCrm();
      line.bench.advance(1_000);
      const told = await send(account(2 + round, { Phone: `x${round}` }), { byMachine });
      expect(told).toMatchObject({ result: 'updated' });
    }
  },
);

describe.each([['content'], ['version'], ['hops']] as const)('P9, A12: with the guard %s off', (guard) => {
  it('a change and its echoes write NetSuite once, and at most once more', async () => {
    line.guards = { ...line.guards, [guard]: false };
    await send(account(1, {}));
    await send(account(2, { Phone: '2' }));
    // Our mirror touches the account; the CRM tells us of it several times, late and out of order.
    for (const second of [3, 4, 3, 2]) await send(account(second, { Phone: '2' }), { byMachine: true });
    expect(line.writes).toBeLessThanOrEqual(3);
    expect(line.books.get('T_1')).toMatchObject({ phone: '2' });
  });
});

it('sends by the cadence of the flow: the records of a window once, with their newest state', async () => {
  await line.close();
  line = await ScreenedPipeline.open({ ...flow, cadence: { kind: 'microBatch', everySeconds: 300 } });
  for (const second of [1, 2, 3]) {
    await line.receive(account(second, { Phone: `p${second}` }));
    await line.run();
  }
  expect(line.calls).toBe(0);
  line.bench.advance(300_000);
  await line.bench.store.wake();
  await line.run();
  expect(line.calls).toBe(1);
  expect(line.books.get('T_1')).toMatchObject({ phone: 'p3' });
});

it('knows when a schedule comes due in its own time zone, over the change of the clocks too', () => {
  const cadence = { kind: 'schedule' as const, cron: '0 6 * * *', timeZone: 'Europe/Berlin' };
  expect(new Date(dueAt(cadence, Date.parse('2026-03-28T12:00:00Z')) ?? 0).toISOString()).toBe(
    '2026-03-29T04:00:00.000Z',
  );
  expect(new Date(dueAt(cadence, Date.parse('2026-03-27T12:00:00Z')) ?? 0).toISOString()).toBe(
    '2026-03-28T05:00:00.000Z',
  );
  const wrong = { ...flow, cadence: { kind: 'schedule' as const, cron: 'every day', timeZone: 'UTC' } };
  expect(() => createFlowSet([defineFlow(wrong)])).toThrow(/cadence.cron.*is no schedule/);
});

describe('events of our own saves that come late', () => {
  const eventOf = (operation: { operationId: string; version: string } | null, changes: object[] = [], more = {}) =>
    ({
      type: 'com.netsuite.customer.updated.v1',
      id: `e${line.bench.now}`,
      data: {
        recordType: 'prospect',
        internalId: '7',
        externalId: 'T_1',
        lastModified: null,
        changes,
        origin: {
          opId: operation?.operationId ?? null,
          version: operation?.version ?? null,
          hop: 0,
          ownSave: true,
          context: 'RESTLET',
          user: '5',
        },
        foundBy: 'capture',
        ...more,
      },
    }) as unknown as ChangeEvent;
  const inlet = () => {
    const routers = [new ShadowRouter(line.bench.store, () => line.set)];
    return new EventInlet(line.bench.store, () => routers, pino({ level: 'silent' }));
  };
  const first = async () => {
    const id = await line.receive(account(1, { Phone: '1' }));
    line.bench.advance(5);
    await line.run();
    return line.bench.store.getOperation(id);
  };

  it('the one of an earlier save takes nothing of what a later one left', async () => {
    const earlier = await first();
    await send(account(2, { Phone: '2' }));
    await inlet().take(POOL, [eventOf(earlier, [{ field: 'phone', old: null, new: '1' }])]);
    const { calls } = line;
    expect(await send(account(3, { Phone: '2' }))).toMatchObject({ result: 'unchanged' });
    expect(line.calls).toBe(calls);
  });

  it('one that comes while a later call is under way leaves what its answer tells known', async () => {
    const earlier = await first();
    line.bench.advance(5);
    await line.receive(account(2, { Phone: '2' }));
    await line.run(() => inlet().take(POOL, [eventOf(earlier)]));
    const { calls } = line;
    expect(await send(account(3, { Phone: '2' }))).toMatchObject({ result: 'unchanged' });
    expect(line.calls).toBe(calls);
  });
});
