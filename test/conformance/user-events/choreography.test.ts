import type { AccountKernel } from '../../../emulator/kernel/account';
import type { ExecutionRow } from '../../../emulator/kernel/executions';
import { callRestlet, openAccount, type ScriptFixture } from '../../helpers/emulator/scripts-in-memory';

/** Notes in the log what it saw at each entry point. */
const WATCHER = `/** @NApiVersion 2.1
 * @NScriptType UserEventScript */
define(['N/runtime', 'N/record'], (runtime, record) => {
  const see = (entry) => (context) => {
    const { newRecord, oldRecord, type } = context;
    log.audit(entry, JSON.stringify({
      type, id: newRecord.id ? Number(newRecord.id) : null, phone: newRecord.getValue('phone'), company: newRecord.getValue('companyname'),
      old: oldRecord ? oldRecord.getValue('phone') : null, context: runtime.executionContext, left: runtime.getCurrentScript().getRemainingUsage(),
    }));
    const phone = newRecord.getValue('phone');
    if (entry === 'beforeSubmit' && phone === 'default me') newRecord.setValue('phone', '555-0100');
    if (phone === 'refuse ' + entry) throw new Error('no, says ' + entry);
    if (entry === 'afterSubmit' && phone === 'save myself') {
      const own = record.load({ type: 'customer', id: newRecord.id });
      own.setValue('phone', '555-0199');
      own.save();
    }
    if (entry === 'beforeSubmit' && phone === 'burn units') { for (let i = 0; i < 300; i++) record.create({ type: 'customer' }); }
    if (entry === 'beforeSubmit' && phone === 'burn cpu') for (;;);
    if (entry === 'afterSubmit' && phone === 'set after') newRecord.setValue('phone', 'too late');
  };
  return { beforeLoad: see('beforeLoad'), beforeSubmit: see('beforeSubmit'), afterSubmit: see('afterSubmit') };
});`;
const SECOND = `define([], () => ({ beforeSubmit: (c) => { globalThis.count = (globalThis.count || 0) + 1; log.audit('second', c.newRecord.getValue('phone') + ' ' + globalThis.count); }, afterSubmit: () => log.audit('second after', '') }));`;
const ONLY_UI = `define([], () => ({ beforeSubmit: () => log.audit('ui only', '') }));`;
const WRITER = `define(['N/record', 'N/runtime'], (record, runtime) => ({
  post: ({ op, id, phone, company }) => {
    try {
      if (op === 'create') {
        const made = record.create({ type: 'customer' });
        made.setValue('companyname', company); made.setValue('phone', phone); made.setValue('subsidiary', 1);
        return { id: made.save(), left: runtime.getCurrentScript().getRemainingUsage() };
      }
      if (op === 'edit') { const loaded = record.load({ type: 'customer', id }); loaded.setValue('phone', phone); return { id: loaded.save() }; }
      if (op === 'submit') return { id: record.submitFields({ type: 'customer', id, values: { phone } }) };
      if (op === 'delete') return { id: record.delete({ type: 'customer', id }) };
      if (op === 'read') return record.load({ type: 'customer', id }).getValue('phone');
    } catch (e) {
      return { failed: e.name, message: e.message, userEvent: e.cause && e.cause.userEvent };
    }
  },
}));`;

const userEvent = (source: string, more: Partial<ScriptFixture> = {}): ScriptFixture => ({
  type: 'userevent',
  recordType: 'customer',
  source,
  ...more,
});

let account: AccountKernel;
let company = 0;
beforeAll(async () => {
  account = await openAccount({
    scripts: {
      watcher: userEvent(WATCHER),
      second: userEvent(SECOND),
      only_ui: userEvent(ONLY_UI, { executionContexts: ['USERINTERFACE'] }),
      only_delete: userEvent(ONLY_UI.replace('ui only', 'delete only'), { eventTypes: ['DELETE'] }),
      writer: { source: WRITER },
    },
    config: { cpuLimitMs: 2000 },
  });
});
afterAll(() => account.close());
beforeEach(() => account.executions.clear());

const write = async (args: Record<string, string>): Promise<Record<string, unknown>> => {
  const { body, error } = await callRestlet(account, 'writer', { company: `Company ${++company}`, ...args });
  if (error) throw new Error(`${error.name}: ${error.message}`);
  return body as Record<string, unknown>;
};
const create = async (phone: string): Promise<string> => String((await write({ op: 'create', phone })).id);
const events = (): ExecutionRow[] => account.executions.list().filter(({ type }) => type === 'userevent');
const seen = (entry: string): Record<string, unknown>[] =>
  events()
    .flatMap(({ logs }) => logs)
    .filter(({ title }) => title === entry)
    .map(({ details }) => JSON.parse(details) as Record<string, unknown>);

describe('a save by a script (section_1512409310, section_4407992281)', () => {
  it('create: full new record without id and old record before the commit, with id after it', async () => {
    const id = await create('555-0001');
    expect(seen('beforeSubmit')).toMatchObject([
      { type: 'create', id: null, phone: '555-0001', old: null, context: 'RESTLET' },
    ]);
    expect(seen('afterSubmit')).toMatchObject([{ type: 'create', id: Number(id), phone: '555-0001', old: null }]);
    expect(seen('beforeLoad')).toEqual([]);
  });

  it('edit: full old record', async () => {
    const id = await create('555-0002');
    account.executions.clear();
    await write({ op: 'edit', id, phone: '555-0003' });
    expect(seen('beforeSubmit')).toMatchObject([{ type: 'edit', phone: '555-0003', old: '555-0002' }]);
    expect(seen('beforeSubmit')[0]?.company).toBeTruthy();
  });

  it('submitFields: xedit, the new record knows the changed fields only, the old one everything', async () => {
    const id = await create('555-0004');
    account.executions.clear();
    await write({ op: 'submit', id, phone: '555-0005' });
    const [before] = seen('beforeSubmit');
    expect(before).toMatchObject({ type: 'xedit', phone: '555-0005', old: '555-0004' });
    expect(before?.company || '').toBe('');
    const [after] = seen('afterSubmit');
    expect(after).toMatchObject({ type: 'xedit', phone: '555-0005', old: '555-0004' });
    expect(after?.company || '').toBe('');
  });

  it('delete: fires with type delete, and a deployment filtered to it only then (section_157927488310)', async () => {
    const id = await create('555-0006');
    expect(events().some(({ scriptId }) => scriptId === 'customscript_only_delete')).toBe(false);
    account.executions.clear();
    await write({ op: 'delete', id });
    expect(seen('beforeSubmit')).toMatchObject([{ type: 'delete' }]);
    expect(events().some(({ scriptId }) => scriptId === 'customscript_only_delete')).toBe(true);
  });

  it('runs the scripts in order; each sees what the one before set, in a realm of its own', async () => {
    const id = await create('default me');
    const second = events().find(
      ({ scriptId, entry }) => scriptId === 'customscript_second' && entry === 'beforeSubmit',
    );
    expect(second?.logs[0]?.details).toBe('555-0100 1');
    expect(await write({ op: 'read', id })).toBe('555-0100');
    expect(events().some(({ scriptId }) => scriptId === 'customscript_only_ui')).toBe(false);
  });
});

describe('errors of User Events (section_4407992070)', () => {
  it('before the commit: nothing is stored, the saver gets that error with the script in its cause', async () => {
    const writes = account.ledgers.list('records').length;
    expect(await write({ op: 'create', phone: 'refuse beforeSubmit' })).toMatchObject({
      message: 'no, says beforeSubmit',
      userEvent: 'customscript_watcher',
    });
    expect(account.ledgers.list('records')).toHaveLength(writes);
    expect(events().some(({ scriptId }) => scriptId === 'customscript_second')).toBe(false);
  });

  it('after the commit: the record stays, later scripts do not run, the saver gets the error', async () => {
    const writes = account.ledgers.list('records').length;
    expect(await write({ op: 'create', phone: 'refuse afterSubmit' })).toMatchObject({
      message: 'no, says afterSubmit',
    });
    expect(account.ledgers.list('records')).toHaveLength(writes + 1);
    expect(seen('second after')).toEqual([]);
  });

  it('the record is read-only after the commit', async () => {
    expect(await write({ op: 'create', phone: 'set after' })).toMatchObject({ failed: expect.any(String) as string });
  });

  it('a script over its own 1,000 units ends; the saver keeps its budget (section_4480364878)', async () => {
    expect(await write({ op: 'create', phone: 'burn units' })).toMatchObject({ failed: 'SSS_USAGE_LIMIT_EXCEEDED' });
    const saver = account.executions.list().find(({ type }) => type === 'restlet');
    expect([saver?.unitsUsed, saver?.error]).toEqual([15, undefined]);
  });
});

describe('a User Event that burns CPU (section_161591009480)', () => {
  it('is ended with its saver, nothing is stored, and the account goes on', async () => {
    const writes = account.ledgers.list('records').length;
    await expect(write({ op: 'create', phone: 'burn cpu' })).rejects.toThrow('SSS_TIME_LIMIT_EXCEEDED');
    expect(account.ledgers.list('records')).toHaveLength(writes);
    expect(events().map(({ error }) => error?.name)).toContain('SSS_TIME_LIMIT_EXCEEDED');
    expect((await write({ op: 'create', phone: '555-0008' })).id).toBeDefined();
  });
});

describe('what does not fire (section_1512409310)', () => {
  it('a save by a User Event fires none', async () => {
    const id = await create('save myself');
    expect(
      events().filter(({ scriptId, entry }) => scriptId === 'customscript_watcher' && entry === 'beforeSubmit'),
    ).toHaveLength(1);
    expect(await write({ op: 'read', id })).toBe('555-0199');
  });
});

describe('units', () => {
  it('of User Events are their own: the saver pays 5 and 10 for a customer (section_157072844224)', async () => {
    expect((await write({ op: 'create', phone: '555-0007' })).left).toBe(4985);
  });
});
