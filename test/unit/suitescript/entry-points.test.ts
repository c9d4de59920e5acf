import record from 'N/record';
import runtime from 'N/runtime';
import log from 'N/log';
import query from 'N/query';
import * as capture from 'SuiteScripts/suiterelay/user-events/capture';
import * as changes from 'SuiteScripts/suiterelay/restlets/changes';
import * as upsert from 'SuiteScripts/suiterelay/restlets/upsert';

jest.mock('N/record');
jest.mock('N/runtime');
jest.mock('N/log');
jest.mock('N/query');

const script = (units: number): object => ({ getRemainingUsage: () => units, getParameter: () => null });

beforeEach(() => {
  jest.resetAllMocks();
  jest.mocked(runtime.getCurrentScript).mockReturnValue(script(5000) as never);
  jest.mocked(runtime.getCurrentUser).mockReturnValue({ id: 4, role: 1001, getPermission: () => 4 } as never);
});

const types = { CREATE: 'create', COPY: 'copy', EDIT: 'edit', DELETE: 'delete' };
const saved = (fields: Record<string, unknown>): Record<string, unknown> => ({
  type: 'customer',
  id: 7,
  getValue: ({ fieldId }: { fieldId: string }) => fields[fieldId] ?? '',
  setValue: ({ fieldId, value }: { fieldId: string; value: unknown }) => (fields[fieldId] = value),
  getFields: () => Object.keys(fields),
  getSublists: () => [],
});

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};

test('upsert refuses another contract by the name of the error', () => {
  expect(thrownBy(() => upsert.post({ contract: 99, batchId: 'b', operations: [{}] }))).toMatchObject({
    name: 'CONTRACT_MISMATCH',
  });
});

test('upsert names what is wrong with a body', () => {
  const thrown = thrownBy(() => upsert.post({ contract: 1, operations: [{}] })) as { name: string; message: string };
  expect(thrown.name).toBe('INVALID_REQUEST_BODY');
  expect(thrown.message).toContain('batchId');
});

test('upsert answers a malformed operation beside the others, without asking NetSuite for it', () => {
  const answer = upsert.post({ contract: 1, batchId: 'b', operations: [{ opId: 'x' }] });
  expect(answer.results).toMatchObject([{ opId: 'x', status: 'failed', error: { code: 'INVALID_REQUEST_BODY' } }]);
  expect(query.runSuiteQL).not.toHaveBeenCalled();
});

test('capture never breaks the user’s save, whatever fails', () => {
  jest.mocked(record.create).mockImplementation(() => {
    throw Object.assign(new Error('no'), { name: 'INSUFFICIENT_PERMISSION' });
  });
  const context = {
    newRecord: saved({ companyname: 'New' }),
    oldRecord: saved({ companyname: 'Old' }),
    type: 'edit',
    UserEventType: types,
  };
  expect(() => capture.afterSubmit(context as never)).not.toThrow();
  expect(log.error).toHaveBeenCalled();
});

test('capture clears the stamps that a copy inherited', () => {
  const fields: Record<string, unknown> = { custentity_srl_key: 'SF_ACCT_1', custentity_srl_op: 'op', externalid: '' };
  capture.beforeSubmit({ newRecord: saved(fields), type: 'create', UserEventType: types } as never);
  expect([fields['custentity_srl_key'], fields['custentity_srl_op']]).toEqual(['', '']);
});

test('an acknowledgement stops while units are left and counts what is gone', () => {
  let units = 5000;
  jest
    .mocked(runtime.getCurrentScript)
    .mockReturnValue({ getRemainingUsage: () => units, getParameter: () => null } as never);
  jest.mocked(record.delete).mockImplementation(() => (units -= 2450));
  expect(changes.post({ acknowledge: ['a-1', 'a-2', 'a-3', 'a-4'] })).toEqual({ acknowledged: 3 });
});

test('an acknowledgement takes out all rows but the one that refuses, and is refused itself where none can be taken out', () => {
  const refusal = Object.assign(new Error('locked by a script of the account'), { name: 'LOCKED' });
  jest
    .mocked(runtime.getCurrentScript)
    .mockReturnValue({ getRemainingUsage: () => 5000, getParameter: () => null } as never);
  jest.mocked(record.delete).mockImplementation(({ id }) => {
    if (String(id) === '2') throw refusal;
    return Number(id);
  });
  expect(changes.post({ acknowledge: ['a-1', 'a-2', 'a-3'] })).toEqual({ acknowledged: 2 });
  expect(() => changes.post({ acknowledge: ['a-2'] })).toThrow(refusal);
});
