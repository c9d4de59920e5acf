import type { AccountKernel } from '../../../emulator/kernel/account';
import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const USER_EVENT = `/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/record'], (record) => {
  const seen = globalThis;
  const note = (context, stage) => {
    const text = [stage, context.type, context.newRecord.id === null ? 'null' : 'id', context.oldRecord ? 'old' : 'none'].join(' ');
    return text;
  };
  return {
    beforeSubmit: (context) => {
      const { newRecord, oldRecord, type } = context;
      if (type === 'create') {
        newRecord.setValue({ fieldId: 'comments', value: note(context, 'before') + ' ' + typeof newRecord.getValue('isinactive') });
        if (newRecord.getValue('companyname') === 'Refused') throw 'nope';
        if (newRecord.getValue('email') === 'fill@example.com') newRecord.setValue({ fieldId: 'subsidiary', value: '1' });
      }
      if (type === 'xedit') {
        const partial = newRecord.getValue('companyname');
        newRecord.setValue({ fieldId: 'comments', value: [String(partial), oldRecord.getValue('companyname'), newRecord.getValue('phone'), newRecord.getFields().length > 3 ? 'all' : 'some'].join('|') });
      }
      if (type === 'edit') {
        newRecord.setValue({ fieldId: 'comments', value: oldRecord.getValue('phone') + '>' + newRecord.getValue('phone') });
      }
    },
    afterSubmit: (context) => {
      if (context.type === 'delete') return;
      let refused = 'writable';
      try { context.newRecord.setValue({ fieldId: 'phone', value: '0' }); } catch (e) { refused = e.name; }
      let saving = 'saved';
      try { context.newRecord.save(); } catch (e) { saving = e.name; }
      const row = record.create({ type: 'note' });
      row.setValue({ fieldId: 'note', value: [note(context, 'after'), refused, saving, context.newRecord.getValue('entityid')].join(' ') });
      row.save();
    },
  };
});
`;

const RESTLET = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post: ({ work, values, id }) => {
    if (work === 'create') {
      const customer = record.create({ type: 'customer' });
      Object.keys(values).forEach((fieldId) => customer.setValue({ fieldId, value: values[fieldId] }));
      return { id: customer.save() };
    }
    if (work === 'submit') return { id: record.submitFields({ type: 'customer', id, values }) };
    const customer = record.load({ type: 'customer', id });
    Object.keys(values).forEach((fieldId) => customer.setValue({ fieldId, value: values[fieldId] }));
    return { id: customer.save() };
  },
}));
`;

describe('what User Events see and do (section_4407992281, section_4407992070)', () => {
  let account: AccountKernel;
  beforeAll(async () => {
    account = await openAccount({
      scripts: { rest: { source: RESTLET }, event: { source: USER_EVENT, type: 'userevent', recordType: 'customer' } },
    });
  });
  afterAll(() => account.close());

  const call = async (argument: object): Promise<{ id: number }> => {
    const { body, error } = await callRestlet(account, 'rest', argument as never);
    if (error) throw new Error(`${error.name}: ${error.message}`);
    return body as { id: number };
  };
  const fields = (id: number): Record<string, unknown> => account.store.get('customer', String(id))!.fields;
  const lastNote = (): unknown => account.store.list('note').at(-1)!.fields.note;

  it('create: a full, writable record without id before, a read-only one after', async () => {
    const { id } = await call({ work: 'create', values: { companyname: 'New', subsidiary: '1' } });
    expect(fields(id).comments).toBe('before create null none boolean');
    expect(lastNote()).toBe('after create id none SSS_INVALID_API_USAGE SSS_INVALID_API_USAGE New');
  });

  it('may fill in before the save what is mandatory', async () => {
    const { id } = await call({ work: 'create', values: { companyname: 'Filled', email: 'fill@example.com' } });
    expect(fields(id).subsidiary).toBe('1');
  });

  it('a throw before the save stores nothing', async () => {
    const before = account.store.list('customer').length;
    await expect(call({ work: 'create', values: { companyname: 'Refused', subsidiary: '1' } })).rejects.toThrow('nope');
    expect(account.store.list('customer').length).toBe(before);
  });

  it('edit: the old record is the one that is stored', async () => {
    const { id } = await call({ work: 'create', values: { companyname: 'Edited', subsidiary: '1', phone: '1' } });
    await call({ work: 'edit', id, values: { phone: '2' } });
    expect(fields(id)).toMatchObject({ phone: '2', comments: '1>2' });
  });

  it('xedit: only the submitted fields are in newRecord, and what the script sets is stored too', async () => {
    const { id } = await call({ work: 'create', values: { companyname: 'Inline', subsidiary: '1', phone: '1' } });
    await call({ work: 'submit', id, values: { phone: '3' } });
    expect(fields(id)).toMatchObject({ phone: '3', companyname: 'Inline' });
    expect(String(fields(id).comments)).toMatch(/^undefined\|Inline\|3\|/);
  });
});
