import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const WRITER = `define(['N/record'], (record) => ({
  post: ({ id, phone, name }) => {
    try {
      if (id) { const r = record.load({ type: 'customer', id }); r.setValue('phone', phone); r.setValue('comments', 'touched'); return { id: r.save() }; }
      const r = record.create({ type: 'customer' });
      r.setValue('companyname', name); r.setValue('subsidiary', 1); r.setValue('phone', phone || '');
      return { id: r.save() };
    } catch (e) { return { failed: e.name, message: e.message }; }
  },
}));`;

let served: Served;
beforeAll(async () => {
  served = await serveAccount({ scripts: { writer: { source: WRITER } } });
});
afterAll(() => served.close());
beforeEach(() => served.front.reset());

let names = 0;
const create = async (): Promise<Record<string, unknown>> =>
  JSON.parse((await served.call('writer', { body: JSON.stringify({ name: `Fault ${++names}` }) })).text) as Record<
    string,
    unknown
  >;
const edit = async (id: unknown, phone = '555-0100'): Promise<Record<string, unknown>> =>
  JSON.parse((await served.call('writer', { body: JSON.stringify({ id, phone }) })).text) as Record<string, unknown>;
const set = (...faults: object[]): Promise<unknown> => served.control('POST', 'faults', faults);
const customers = (): number => served.front.account.store.list('customer').length;

describe('faults of the connection', () => {
  it('cutBeforeCommit: the connection breaks and nothing is stored', async () => {
    await set({ kind: 'cutBeforeCommit', match: { scriptId: 'customscript_writer' }, times: 1 });
    const before = customers();
    await expect(create()).rejects.toThrow();
    expect(customers()).toBe(before);
    expect((await create()).id).toBeDefined();
  });

  it('cutAfterCommit: the connection breaks and the record is there', async () => {
    await set({ kind: 'cutAfterCommit', times: 1 });
    const before = customers();
    await expect(create()).rejects.toThrow();
    expect(customers()).toBe(before + 1);
  });

  it('halfOpen: nobody answers, the slot comes back', async () => {
    await set({ kind: 'halfOpen', times: 1 });
    const { access_token: token } = served.front.gate.bearer.issue({ integration: 'default', entity: -5, role: 3 }, [
      'restlets',
    ]);
    const request = fetch(served.restletUrl('writer'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Half open' }),
      signal: AbortSignal.timeout(1000),
    });
    await expect(request).rejects.toThrow();
    for (const end = Date.now() + 30_000; served.front.admission.report().inFlight > 0 && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(served.front.admission.report().inFlight).toBe(0);
  });

  it('status: that status and body instead of the script, a number of times', async () => {
    await set({ kind: 'status', code: 503, body: 'Service Unavailable', times: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await served.call('writer', { body: '{}' })).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('latency in real time: the caller waits', async () => {
    await set({ kind: 'latency', ms: 300, real: true, times: 1 });
    const started = performance.now();
    await create();
    expect(performance.now() - started).toBeGreaterThanOrEqual(300);
  });

  it('latency per record, virtual: the execution ages with each record it writes', async () => {
    await set({ kind: 'latency', perRecordMs: 60_000, times: 1 });
    await create();
    const [row] = served.front.account.executions.list();
    expect(row?.virtualMs).toBeGreaterThanOrEqual(60_000);
  });
});

describe('faults of records and calls', () => {
  it('recordLocked: the save of that record fails', async () => {
    const { id } = await create();
    await set({ kind: 'recordLocked', match: { recordType: 'customer', recordId: String(id) }, times: 1 });
    expect(await edit(id)).toMatchObject({ failed: 'RCRD_LOCKED_BY_WF' });
    expect(await edit(id)).toEqual({ id });
  });

  it('ignoreField: the save succeeds without that field', async () => {
    const { id } = await create();
    await set({ kind: 'ignoreField', field: 'phone' });
    expect(await edit(id)).toEqual({ id });
    expect(served.front.account.store.get('customer', String(id))?.fields).toMatchObject({ comments: 'touched' });
    expect(served.front.account.store.get('customer', String(id))?.fields.phone ?? null).toBeNull();
  });

  it('failApi: the matched call fails with that code, the nth time only', async () => {
    await set({ kind: 'failApi', code: 'UNEXPECTED_ERROR', message: 'boom', match: { api: 'record.save', nth: 2 } });
    expect((await create()).id).toBeDefined();
    expect(await create()).toEqual({ failed: 'UNEXPECTED_ERROR', message: 'boom' });
    expect((await create()).id).toBeDefined();
  });

  it('probability strikes the same calls for the same seed', async () => {
    const run = async (seed: number): Promise<boolean[]> => {
      await served.control('DELETE', 'faults');
      await set({ kind: 'failApi', code: 'X', match: { api: 'record.create' }, probability: 0.5, seed });
      const failed = [];
      for (let i = 0; i < 12; i++) failed.push('failed' in (await create()));
      return failed;
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(first).toContain(true);
    expect(first).toContain(false);
  });

  it('refuses a kind that it does not know', async () => {
    const { status, body } = await served.control('POST', 'faults', [{ kind: 'gremlins' }]);
    expect([status, (body as { error: { code: string } }).error.code]).toEqual([400, 'INVALID_REQUEST']);
  });
});
