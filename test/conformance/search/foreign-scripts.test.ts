import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** What scripts of others ask of searches beyond fields that are declared: ledger columns, attached files, custom fields of other accounts. */
const SOURCE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/record', 'N/file', 'N/query'], (search, record, file, query) => ({
  post({ attach, type, filters, columns, sql, params }) {
    try {
      if (sql) return query.runSuiteQL({ query: sql, params }).results.map((row) => row.values);
      if (attach) {
        const id = file.create({ name: attach.name, fileType: 'PLAINTEXT', contents: 'x', folder: -15 }).save();
        record.attach({ record: { type: 'file', id }, to: { type: attach.type, id: attach.id } });
      }
      return search.create({ type, filters, columns }).run().getRange(0, 50).map((row) => row.columns.map((column) => row.getText(column) ?? row.getValue(column)));
    } catch (e) {
      return e.name + ': ' + e.message;
    }
  },
}));`;

let box: BlackBox;
let customer = '';
beforeAll(async () => {
  box = await openBlackBox({ unknownCustomFields: 'accept' });
  await box.control('POST', 'scripts', [
    {
      scriptId: 'customscript_rows',
      type: 'restlet',
      path: 'SuiteScripts/rows.js',
      source: SOURCE,
      deployments: [{ deploymentId: 'customdeploy_rows' }],
    },
  ]);
  const entity = (name: string, fields: object = {}): object => ({
    type: 'customer',
    fields: { companyname: name, entityid: name, subsidiary: '1', currency: '1', ...fields },
  });
  [customer = ''] = await box.seed([
    entity('A', { custentity_rank: '7', custentity_since: '2026-02-03', custentity_gold: true }),
    entity('B', { custentity_rank: '12', custentity_since: '2026-03-04' }),
    entity('C', { balance: 5 }),
  ]);
  await box.seed([
    {
      type: 'invoice',
      fields: {
        entity: customer,
        tranid: 'INV1',
        trandate: '2026-01-02',
        total: 0.5,
        amountremaining: 0.5,
        currency: '1',
      },
    },
  ]);
});
afterAll(() => box.close());

const rows = async (query: object): Promise<unknown> => (await box.restlet('customscript_rows', 'POST', query)).body;
const names = (filter: unknown[]): Promise<unknown> =>
  rows({ type: 'customer', filters: filter, columns: ['entityid'] });

describe('custom fields that no one declared (setting unknownCustomFields)', () => {
  it.each([
    ['numbers', ['custentity_rank', 'greaterthan', '8'], [['B']]],
    ['dates', ['custentity_since', 'onorbefore', '2/3/2026'], [['A']]],
    ['ranges of dates', ['custentity_since', 'within', '2/4/2026', '3/4/2026'], [['B']]],
    ['texts', ['custentity_rank', 'startswith', '1'], [['B']]],
    ['check boxes', ['custentity_gold', 'is', 'T'], [['A']]],
    ['check boxes that nobody set', ['custentity_never', 'is', 'F'], [['A'], ['B'], ['C']]],
    ['check boxes that nobody set, set', ['custentity_never', 'is', true], []],
    ['selects that nobody set', ['custentity_never', 'anyof', '@NONE@'], [['A'], ['B'], ['C']]],
    ['moments', ['datecreated', 'onorafter', 'hoursago1'], [['A'], ['B'], ['C']]],
    ['moments before', ['datecreated', 'before', 'minutesago5'], []],
    ['dates that nobody set', ['custentity_never', 'onorafter', 'today'], []],
  ])('take the operators of %s', async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });
});

describe('amounts (section_4345764122)', () => {
  it('show no leading zero, and .00 for nothing', async () => {
    const columns = ['tranid', 'amountremaining', 'amountpaid', 'taxtotal'];
    await box.control('POST', 'records', [
      {
        type: 'invoice',
        externalId: 'Z',
        fields: { entity: customer, tranid: 'INV2', total: 0, amountremaining: 0, amountpaid: 0 },
      },
    ]);
    expect(await rows({ type: 'invoice', filters: [['mainline', 'is', 'T']], columns })).toEqual([
      ['INV1', '.50', '.00', ''],
      ['INV2', '.00', '.00', ''],
    ]);
  });

  it('of a customer are what its documents leave open, unless the record says otherwise', async () => {
    expect(await rows({ type: 'customer', filters: [], columns: ['entityid', 'balance'] })).toEqual([
      ['A', '.50'],
      ['B', '.00'],
      ['C', '5.00'],
    ]);
  });
});

describe('tags in formulas (subsect_160492514847, section_46683898925)', () => {
  it.each([
    ["{today} - TO_DATE('2026-01-01', 'YYYY-MM-DD')", '3'],
    ['TRUNC({now}) - {TODAY}', '0'],
    ['{user.id}', '-5'],
    ['{userrole}', '3'],
    ['NVL({user.department}, -1)', '-1'],
  ])('%s is %s', async (formula, value) => {
    await box.control('POST', 'clock', { set: '2026-01-04T20:00:00Z' });
    const columns = [{ name: 'formulanumeric', formula }];
    expect(await rows({ type: 'customer', filters: [['internalid', 'anyof', customer]], columns })).toEqual([[value]]);
  });
});

describe('a journal entry (section_158513731864)', () => {
  it('is nothing but its lines, each a debit or a credit', async () => {
    const [id] = await box.seed([
      {
        type: 'journalentry',
        fields: { tranid: 'JE1', trandate: '2026-01-02', subsidiary: '1', currency: '1' },
        sublists: {
          line: [
            { account: '1', debit: 50, memo: 'in' },
            { account: '2', credit: 50, memo: 'out' },
          ],
        },
      },
    ]);
    const columns = ['account', 'debitamount', 'creditamount', 'memo'];
    expect(await rows({ type: 'journalentry', filters: [['internalid', 'anyof', id]], columns })).toEqual([
      ['1000 Checking', '50.00', '', 'in'],
      ['1200 Accounts Receivable', '', '50.00', 'out'],
    ]);
    const sql = 'SELECT memo, foreignamount FROM transactionline WHERE transaction = ? ORDER BY id';
    expect(await rows({ sql, params: [id] })).toEqual([
      ['in', 50],
      ['out', -50],
    ]);
  });
});

describe('files attached to a record (section_4267282652)', () => {
  it('are joined as file', async () => {
    expect(
      await rows({
        attach: { name: 'note.txt', type: 'customer', id: customer },
        type: 'customer',
        filters: [['internalid', 'anyof', customer]],
        columns: ['entityid', { name: 'name', join: 'file' }],
      }),
    ).toEqual([['A', 'note.txt']]);
  });
});
