import type { AccountKernel } from '../../../emulator/kernel/account';
import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const RESTLET = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post: ({ count }) => {
    const ids = [];
    for (let i = 0; i < count; i++) {
      const customer = record.create({ type: record.Type.CUSTOMER });
      customer.setValue({ fieldId: 'companyname', value: 'Company ' + Math.random() });
      customer.setValue({ fieldId: 'subsidiary', value: '1' });
      customer.setValue({ fieldId: 'startdate', value: new Date(2026, 0, 31) });
      ids.push(customer.save());
    }
    const loaded = record.load({ type: 'customer', id: ids[0] });
    const date = loaded.getValue('startdate');
    return { ids, isDate: date instanceof Date, day: date.getDate(), name: loaded.constructor.name, caught: (() => {
      try { record.load({ type: 'customer', id: 99999 }); } catch (e) { return e.name; }
    })() };
  },
}));
`;

describe('N/record inside a host thread', () => {
  let account: AccountKernel;
  beforeAll(async () => {
    account = await openAccount({ scripts: { records: { source: RESTLET } } });
  });
  afterAll(() => account.close());

  it('gives scripts dates of their own realm, the class names of the platform, and its errors by name', async () => {
    const { body, error } = await callRestlet(account, 'records', { count: 1 });
    expect(error).toBeUndefined();
    expect(body).toMatchObject({ isDate: true, day: 31, name: 'DeferredDynamicRecord', caught: 'RCRD_DSNT_EXIST' });
  });

  it('charges 5 and 10 units for each customer, and the load (section_157072844224)', async () => {
    const { execution } = await callRestlet(account, 'records', { count: 3 });
    expect(execution.unitsByApi).toEqual({ 'record.create': 15, 'record.save': 30, 'record.load': 10 });
  });
});
