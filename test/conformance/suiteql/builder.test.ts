import type { AccountKernel } from '../../../emulator/kernel/account';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { seedTrade } from './account';

let account: AccountKernel;
const script = (name: string, code: string) =>
  restletSpec(
    name,
    ['N/query', 'N/runtime'],
    `try { ${code} } catch (e) { return { name: e.name, message: e.message }; }`,
  );

beforeAll(async () => {
  account = await openDeployedAccount({
    scripts: [
      script(
        'joined',
        `const left = () => runtime.getCurrentScript().getRemainingUsage(); const before = left();
        const q = query.create({ type: query.Type.CUSTOMER });
        const rep = q.autoJoin({ fieldId: 'salesrep' });
        q.columns = [q.createColumn({ fieldId: 'entityid' }), q.createColumn({ fieldId: 'isinactive' }), rep.createColumn({ fieldId: 'email', alias: 'rep_email' }), q.createColumn({ formula: "{entityid} || '!'", type: query.ReturnType.STRING, alias: 'loud' })];
        const named = q.createCondition({ fieldId: 'entityid', operator: query.Operator.START_WITH, values: ['a', 'x'] .slice(0, 1) });
        const active = q.createCondition({ fieldId: 'isinactive', operator: query.Operator.IS, values: [true] });
        q.condition = q.or(named, q.and(active, q.not(q.createCondition({ fieldId: 'email', operator: query.Operator.EMPTY_NOT }))));
        q.sort = [q.createSort({ column: q.columns[0], ascending: false })];
        return { rows: q.run().asMappedResults(), text: q.toSuiteQL().query, units: before - left() };`,
      ),
      script(
        'followed',
        `const q = query.create({ type: query.Type.CUSTOMER });
        q.columns = [q.createColumn({ fieldId: 'entityid' }), q.createColumn({ fieldId: 'salesrep.email' }), q.createColumn({ fieldId: 'subsidiary.name', alias: 'house' })];
        q.condition = q.createCondition({ fieldId: 'salesrep.email', operator: query.Operator.ANY_OF, values: ['sam@example.com'] });
        q.autoJoin({ fieldId: 'salesrep' });
        return [q.run().asMappedResults(), q.condition.fieldId];`,
      ),
      script(
        'grouped',
        `const q = query.create({ type: 'transaction' });
        const lines = q.join({ fieldId: 'transactionlines' });
        q.columns = [q.createColumn({ fieldId: 'entity', groupBy: true, context: query.FieldContext.DISPLAY, alias: 'who' }), lines.createColumn({ fieldId: 'foreignamount', aggregate: query.Aggregate.SUM, alias: 'sum' })];
        q.condition = q.and(lines.createCondition({ fieldId: 'mainline', operator: 'IS', values: false }), q.createCondition({ fieldId: 'type', operator: 'ANY_OF', values: ['SalesOrd'] }));
        q.sort = [q.createSort({ column: q.columns[0] })];
        return q.runPaged({ pageSize: 10 }).fetch(0).data.asMappedResults();`,
      ),
      script(
        'dated',
        `const q = query.create({ type: 'transaction' });
        q.columns = [q.createColumn({ fieldId: 'tranid' })];
        q.condition = q.createCondition({ fieldId: 'trandate', operator: args.operator, values: args.relative ? query.createRelativeDate(args.relative) : args.range ? query.RelativeDateRange[args.range] : args.values });
        q.sort = [q.createSort({ column: q.columns[0] })];
        return q.run().results.map((r) => r.values[0]);`,
      ),
      script(
        'periods',
        `const tried = (code) => { try { return JSON.parse(JSON.stringify(code())) } catch (e) { return e.name } };
        const { LAST_PERIOD } = query.PeriodCode; const q = query.create({ type: 'transaction' }); q.columns = [q.createColumn({ fieldId: 'id' })];
        return { made: tried(() => query.createPeriod({ code: LAST_PERIOD, adjustment: query.PeriodAdjustment.ALL, type: query.PeriodType.END })), plain: tried(() => query.createPeriod({ code: LAST_PERIOD })),
          refused: [{}, { code: 5 }, { code: 'NONE' }, { code: LAST_PERIOD, type: 'MIDDLE' }, { code: LAST_PERIOD, adjustment: 'SOME' }].map((options) => tried(() => query.createPeriod(options))),
          compared: tried(() => { q.condition = q.createCondition({ fieldId: 'trandate', operator: 'BEFORE', values: [query.createPeriod({ code: LAST_PERIOD })] }); return q.run().results.length }),
          range: tried(() => query.RelativeDateRange.SAME_DAY_LAST_WEEK), set: tried(() => { query.createPeriod({ code: LAST_PERIOD }).code = 'TP' }) };`,
      ),
      script(
        'wrong',
        `const q = query.create({ type: args.type || 'customer' }); if (args.join) q.autoJoin({ fieldId: args.join }); if (args.condition) q.createCondition(args.condition); q.columns = args.columns || [q.createColumn(args.column || { fieldId: 'id' })]; return q.run().results.length;`,
      ),
    ],
  });
  account.clock.set(Date.parse('2026-11-21T18:00:00Z'));
  seedTrade(account);
});

afterAll(() => account.close());

const post = async (name: string, args: unknown = {}): Promise<unknown> =>
  (await postTo(account, name, args as never)).body;

describe('queries built part by part (N/query create, section_1510275060)', () => {
  it('joins, filters, sorts and costs 10 units; check boxes are booleans here', async () => {
    expect(await post('joined')).toEqual({
      rows: [
        { entityid: 'Beta', isinactive: true, rep_email: null, loud: 'Beta!' },
        { entityid: 'Acme', isinactive: false, rep_email: 'sam@example.com', loud: 'Acme!' },
      ],
      text: expect.stringMatching(/^SELECT t0\.entityid AS entityid/) as string,
      units: 10,
    });
  });

  it('follows a path of fields without a join of its own (section_1510784922)', async () => {
    expect(await post('followed')).toEqual([
      [{ entityid: 'Acme', email: 'sam@example.com', house: 'Parent Company' }],
      'salesrep.email',
    ]);
    expect(await post('wrong', { column: { fieldId: 'nosuch.email' } })).toMatchObject({
      message: expect.stringContaining('nosuch') as string,
    });
  });

  it('groups and aggregates over lines, with names for keys', async () => {
    expect(await post('grouped')).toEqual([
      { who: 'Acme', sum: -130 },
      { who: 'Beta', sum: -10 },
    ]);
  });

  it.each([
    [{ operator: 'WITHIN', range: 'THIS_MONTH' }, ['INV601', 'SO501']],
    [{ operator: 'BEFORE', range: 'THIS_MONTH' }, ['SO502']],
    [{ operator: 'ON_OR_AFTER', relative: { dateId: 'dago', value: 16 } }, ['SO501']],
    [{ operator: 'ON', values: ['10/30/2026'] }, ['SO502']],
    [{ operator: 'AFTER_NOT', values: ['11/1/2026'] }, ['INV601', 'SO502']],
  ])('dates: %j', async (args, expected) => {
    expect(await post('dated', args)).toEqual(expected);
  });

  it.each([
    [{ type: 'nosuch' }, 'INVALID_RCRD_TYPE'],
    [{ join: 'entityid' }, 'SSS_SEARCH_ERROR_OCCURRED'],
    [{ columns: [] }, 'NO_COLUMN_DEFINED'],
    [{ column: {} }, 'NEITHER_ARGUMENT_DEFINED'],
    [{ condition: { fieldId: 'id', operator: 'RESEMBLES', values: [1] } }, 'INVALID_SEARCH_OPERATOR'],
    [{ condition: { fieldId: 'id', operator: 'BETWEEN', values: [1] } }, 'OPERATOR_ARITY_MISMATCH'],
  ])('refuses %j', async (args, name) => {
    expect(await post('wrong', args)).toMatchObject({ name });
  });

  it('makes periods as their page has them, and compares by none (section_158289670344)', async () => {
    expect(await post('periods')).toEqual({
      made: { code: 'LP', adjustment: 'ALL', type: 'END' },
      plain: { code: 'LP', adjustment: 'NOT_LAST', type: 'START' },
      refused: [
        'SSS_MISSING_REQD_ARGUMENT',
        'WRONG_PARAMETER_TYPE',
        'INVALID_PERIOD_CODE',
        'INVALID_PERIOD_TYPE',
        'INVALID_PERIOD_ADJUSTMENT',
      ],
      compared: 'EMULATOR_UNSUPPORTED',
      range: 'EMULATOR_UNSUPPORTED',
      set: 'READ_ONLY_PROPERTY',
    });
  });
});
