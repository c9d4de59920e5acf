import type { AccountKernel } from '../../../emulator/kernel/account';
import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const WRITER = `define(['N/record', 'N/cache', 'N/runtime'], (record, cache, runtime) => ({
  post: ({ op, id, phone, externalid, company }) => {
    try {
      if (op === 'create') {
        const made = record.create({ type: 'customer' });
        made.setValue('companyname', company); made.setValue('subsidiary', 1);
        if (externalid) made.setValue('externalid', externalid);
        return { id: made.save() };
      }
      if (op === 'edit') { const loaded = record.load({ type: 'customer', id }); loaded.setValue('phone', phone); return { id: loaded.save() }; }
      if (op === 'submit') return { id: record.submitFields({ type: 'customer', id, values: { phone } }) };
      if (op === 'email') {
        record.submitFields({ type: 'customer', id, values: { email: 'a@example.com' } });
        return { id: 5000 - runtime.getCurrentScript().getRemainingUsage() };
      }
      if (op === 'mark') { cache.getCache({ name: 'c' }).put({ key: 'k', value: 'v' }); return { id }; }
    } catch (e) { return { failed: e.name }; }
  },
}));`;

let account: AccountKernel;
let company = 0;
beforeAll(async () => {
  account = await openAccount({
    scripts: { writer: { source: WRITER }, other: { source: WRITER } },
    config: { suiteCloudPlus: 5 },
  });
});
afterAll(() => account.close());
afterEach(() => account.faults.clear());

type Answer = { id?: number; failed?: string };
const call = async (script: string, args: Record<string, string | number>): Promise<Answer> => {
  const { body, error } = await callRestlet(account, script, { company: `Overlap ${++company}`, ...args });
  if (error) throw new Error(`${error.name}: ${error.message}`);
  return body as Answer;
};
const create = async (): Promise<number> => Number((await call('writer', { op: 'create' })).id);
const phoneOf = (id: number): unknown => account.store.get('customer', String(id))?.fields.phone;

/** Holds the next such call of `writer`; answers when it is held, so that the test needs no clock. */
function hold(api: string): { held: () => Promise<void>; release: () => boolean } {
  const id = account.faults.add({ kind: 'hold', match: { scriptId: 'customscript_writer', api } });
  const held = async (): Promise<void> => {
    while (!account.faults.isHolding(id)) await new Promise((resolve) => setImmediate(resolve));
  };
  return { held, release: () => account.faults.release(id) };
}

describe('executions overlap at the boundaries of API calls', () => {
  it('two loads, then two saves: the second saver gets RCRD_HAS_BEEN_CHANGED', async () => {
    const id = await create();
    const { held, release } = hold('record.save');
    const first = call('writer', { op: 'edit', id, phone: '555-0001' });
    await held();
    expect(await call('other', { op: 'edit', id, phone: '555-0002' })).toEqual({ id });
    release();
    expect(await first).toEqual({ failed: 'RCRD_HAS_BEEN_CHANGED' });
    expect(phoneOf(id)).toBe('555-0002');
  });

  it('a submitFields that lands after a newer write wins: it is not conflict-checked', async () => {
    const id = await create();
    const { held, release } = hold('record.submitFields');
    const late = call('writer', { op: 'submit', id, phone: '555-0003' });
    await held();
    await call('other', { op: 'edit', id, phone: '555-0004' });
    release();
    expect(await late).toEqual({ id });
    expect(phoneOf(id)).toBe('555-0003');
  });

  it('50 parallel creates with one external id: one is stored, 49 get the duplicate error', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call('writer', { op: 'create', externalid: 'ONE_OF_FIFTY' })),
    );
    expect(answers.filter(({ id }) => id !== undefined)).toHaveLength(1);
    expect(new Set(answers.map(({ failed }) => failed).filter(Boolean)).size).toBe(1);
  });

  it('a user who saves between load and save makes the save fail', async () => {
    const id = await create();
    account.faults.add({
      kind: 'editBetween',
      match: { recordType: 'customer' },
      fields: { comments: 'someone else' },
      times: 1,
    });
    expect(await call('writer', { op: 'edit', id, phone: '555-0005' })).toEqual({ failed: 'RCRD_HAS_BEEN_CHANGED' });
    expect(account.store.get('customer', String(id))?.fields.comments).toBe('someone else');
  });

  it('a user who saves before each save saves once before one that is held in between', async () => {
    const id = await create();
    account.faults.add({ kind: 'editBetween', match: { recordType: 'customer' }, fields: { comments: 'edited' } });
    const { held, release } = hold('record.save');
    const edit = call('writer', { op: 'edit', id, phone: '555-0006' });
    await held();
    release();
    expect(await edit).toEqual({ failed: 'RCRD_HAS_BEEN_CHANGED' });
    expect(account.faults.list()).toEqual([expect.objectContaining({ kind: 'editBetween', struck: 1 })]);
  });

  it('a call held at its second half has paid its first half once: load 5, save 10 (section_157072844224)', async () => {
    const id = await create();
    const { held, release } = hold('record.save');
    const edit = call('writer', { op: 'email', id });
    await held();
    release();
    expect(await edit).toEqual({ id: 15 });
  });

  it('a held execution holds nobody else', async () => {
    const { held, release } = hold('cache.put');
    const waiting = call('writer', { op: 'mark', id: 1 });
    await held();
    const others = await Promise.all(Array.from({ length: 4 }, () => call('other', { op: 'mark', id: 2 })));
    expect(others).toHaveLength(4);
    release();
    expect(await waiting).toEqual({ id: 1 });
  });
});
