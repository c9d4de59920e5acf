import { serveAccount, type Served } from '../../helpers/emulator/served-account';

const FORM = `define(['N/runtime'], (runtime) => ({
  beforeLoad: (c) => { c.form.clientScriptModulePath = './client.js'; c.form.addButton({ id: 'custpage_go', label: 'Go', functionName: 'go' }); log.audit('beforeLoad', c.type + ' ' + runtime.executionContext + ' ' + runtime.getCurrentUser().role); if (c.type === 'create' && c.newRecord.type === 'customer') c.newRecord.setValue('phone', '555-0001'); },
  beforeSubmit: (c) => { log.audit('beforeSubmit', c.type); if (c.newRecord.getValue('phone') === 'refuse before') throw 'before'; },
  afterSubmit: (c) => { log.audit('afterSubmit', c.type); if (c.newRecord.getValue('phone') === 'refuse after') throw 'after'; },
}));`;

const AS_ROLE = `define(['N/runtime'], (runtime) => ({ beforeSubmit: () => log.audit('role', runtime.getCurrentUser().role) }));`;
const SAVER = `define(['N/record'], (record) => ({ post: () => {
  const made = record.create({ type: 'contact' });
  made.setValue('firstname', 'By'); made.setValue('lastname', 'Script'); made.setValue('subsidiary', 1);
  return made.save();
} }));`;

let served: Served;
beforeAll(async () => {
  served = await serveAccount({
    scripts: {
      form: { type: 'userevent', recordType: 'customer', source: FORM },
      as_role: { type: 'userevent', recordType: 'contact', runAsRole: 1, source: AS_ROLE },
      saver: { source: SAVER },
    },
  });
});
afterAll(() => served.close());

const save = async (body: object): Promise<Record<string, unknown>> => {
  const answer = await served.control('POST', 'ui/save', { type: 'customer', ...body });
  return { status: answer.status, ...(answer.body as object) };
};
const fired = (): string[] => {
  const logs = served.front.account.executions
    .list()
    .flatMap((row) => row.logs.map(({ title, details }) => `${title} ${details}`));
  served.front.account.executions.clear();
  return logs;
};
const phoneOf = (id: unknown): unknown => served.front.account.store.get('customer', String(id))?.fields.phone;
const customer = (fields: object = {}): object => ({
  fields: { companyname: `Browser ${Math.random()}`, subsidiary: '1', ...fields },
});

describe('a user saves in the browser (section_4407991781, section_4407992281)', () => {
  it('create: beforeLoad on the form, then the submit events; what beforeLoad set stays where the user typed nothing', async () => {
    const { id, saved } = await save(customer());
    expect(saved).toBe(true);
    expect(fired()).toEqual(['beforeLoad create USERINTERFACE 3', 'beforeSubmit create', 'afterSubmit create']);
    expect(phoneOf(id)).toBe('555-0001');
  });

  it('edit: the events are edit', async () => {
    const { id } = await save(customer());
    fired();
    await save({ id, fields: { phone: '555-0002' } });
    expect(fired()).toEqual(['beforeLoad edit USERINTERFACE 3', 'beforeSubmit edit', 'afterSubmit edit']);
    expect(phoneOf(id)).toBe('555-0002');
  });

  it('a list edit: xedit without beforeLoad', async () => {
    const { id } = await save(customer());
    fired();
    await save({ id, inline: true, fields: { phone: '555-0003' } });
    expect(fired()).toEqual(['beforeSubmit xedit', 'afterSubmit xedit']);
    expect(phoneOf(id)).toBe('555-0003');
  });

  it('Make Copy: beforeLoad is copy, the submit events are create', async () => {
    const { id } = await save(customer());
    fired();
    const copy = await save({ copyFrom: id, ...customer() });
    expect(copy).toMatchObject({ status: 200, saved: true });
    expect(copy.id).not.toBe(id);
    expect(fired()).toEqual(['beforeLoad copy USERINTERFACE 3', 'beforeSubmit create', 'afterSubmit create']);
  });

  it('delete: the delete events, and the record is gone', async () => {
    const { id } = await save(customer());
    fired();
    expect(await save({ id, delete: true })).toMatchObject({ saved: true });
    expect(fired()).toEqual(['beforeSubmit delete', 'afterSubmit delete']);
    expect((await served.control('GET', `records/customer/${String(id)}`)).status).toBe(404);
  });

  it('a script that refuses before the commit stores nothing, one after it leaves the record', async () => {
    const count = served.front.account.store.list('customer').length;
    expect(await save(customer({ phone: 'refuse before' }))).toMatchObject({
      status: 200,
      saved: false,
      error: { message: 'before', entryPoint: 'beforeSubmit' },
    });
    expect(served.front.account.store.list('customer')).toHaveLength(count);
    const after = await save(customer({ phone: 'refuse after' }));
    expect(after).toMatchObject({ saved: true, error: { message: 'after', entryPoint: 'afterSubmit' } });
    expect(phoneOf(after.id)).toBe('refuse after');
  });

  it('triggers false fires nothing; another context is told to the scripts', async () => {
    fired();
    await save({ ...customer(), triggers: false });
    expect(fired()).toEqual([]);
    await save({ ...customer(), context: 'CSVIMPORT' });
    expect(fired()[0]).toBe('beforeLoad create CSVIMPORT 3');
  });

  it('a refusal by the platform itself is a 400', async () => {
    expect(await save({ id: '987654', fields: {} })).toMatchObject({ status: 400, error: { code: 'RCRD_DSNT_EXIST' } });
  });

  it('opening a form fires beforeLoad only', async () => {
    fired();
    const { status } = await served.control('POST', 'ui/open', { type: 'customer', event: 'create' });
    expect(status).toBe(200);
    expect(fired()).toEqual(['beforeLoad create USERINTERFACE 3']);
  });

  it('Execute as Role holds for what a user does, and is lost when a script triggers the script', async () => {
    fired();
    await served.control('POST', 'ui/save', {
      type: 'contact',
      fields: { firstname: 'By', lastname: 'User', subsidiary: '1' },
    });
    expect(fired()).toEqual(['role 1']);
    expect((await served.call('saver', { body: '{}' })).status).toBe(200);
    expect(fired()).toEqual(['role 3']);
  });
});
