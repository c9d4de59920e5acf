import type { AccountKernel } from '../../../emulator/kernel/account';
import type { ScriptSpec } from '../../../emulator/scripts/deploy-scripts';
import type { MapReduceReport } from '../../../emulator/scripts/map-reduce/report';
import { seedRecords } from '../../../emulator/records/seed-records';
import { openDeployedAccount } from '../../helpers/emulator/deployed-account';
import { loggedUnder, mapReduce, runMapReduceScript } from './map-reduce-script';

let account: AccountKernel;
afterEach(() => account.close());

async function run(spec: ScriptSpec, setup?: (opened: AccountKernel) => void, config = {}): Promise<MapReduceReport> {
  account = await openDeployedAccount({ scripts: [spec], config });
  setup?.(account);
  return runMapReduceScript(account);
}
const logged = (title: string): string[] => loggedUnder(account, title);

describe('stages, keys and values (sections 4483840988, 4483841695, 4472721828)', () => {
  it('passes array elements under their index, groups by key, sorts values lexicographically', async () => {
    const report = await run(
      mapReduce({
        getInputData: "return [{c: 'b', n: 10}, {c: 'a', n: 9}, {c: 'a', n: 100}]",
        map: "const v = JSON.parse(context.value); log.debug('map', context.key + typeof context.key); context.write({key: v.c, value: v.n})",
        reduce: 'context.write({key: context.key, value: context.values})',
        summarize: "context.output.iterator().each((k, v) => { log.debug('out', k + '=' + v); return true; })",
      }),
    );
    expect(report).toMatchObject({
      state: 'COMPLETE',
      map: { invocations: 3, keys: ['0', '1', '2'], outputs: 3 },
      reduce: { invocations: 2, keys: ['a', 'b'] },
      output: [
        { key: 'a', value: '["100","9"]' },
        { key: 'b', value: '["10"]' },
      ],
    });
    expect(logged('map').sort()).toEqual(['0string', '1string', '2string']);
    expect(logged('out')).toEqual(['a=["100","9"]', 'b=["10"]']);
  });

  it('takes object properties, and hands map output to summarize when there is no reduce', async () => {
    const report = await run(
      mapReduce({
        getInputData: "return {x: {deep: true}, y: 'text'}",
        map: 'context.write(context.key, context.value)',
        summarize: '',
      }),
    );
    expect(report.output).toEqual([
      { key: 'x', value: '{"deep":true}' },
      { key: 'y', value: 'text' },
    ]);
    expect(report.reduce).toEqual({ invocations: 0, keys: [] });
  });

  it('groups the input itself when there is no map', async () => {
    const report = await run(
      mapReduce({
        getInputData: 'return {x: 1, y: 2}',
        reduce: 'context.write({key: context.key, value: context.values.length})',
      }),
    );
    expect(report.output).toEqual([
      { key: 'x', value: '1' },
      { key: 'y', value: '1' },
    ]);
  });

  it('reads a file line by line, by object and by reference', async () => {
    for (const input of [
      "return file.load('SuiteScripts/in.csv')",
      "return {type: 'file', path: 'SuiteScripts/in.csv'}",
    ]) {
      const report = await run(
        mapReduce(
          { getInputData: input, map: 'context.write({key: context.key, value: context.value})' },
          { files: [{ path: 'SuiteScripts/in.csv', source: 'a,1\nb,2\n' }] },
        ),
      );
      expect(report.output).toEqual([
        { key: '0', value: 'a,1' },
        { key: '1', value: 'b,2' },
      ]);
      await account.close();
    }
  });

  it('runs a ResultSet as the search it came from, for no units', async () => {
    const seed = ['Seen 1', 'Seen 2', 'Other'].map((name) => ({ type: 'department', fields: { name } }));
    const report = await run(
      mapReduce(
        {
          getInputData:
            "return search.create({type: 'department', filters: [['name', 'startswith', 'Seen']], columns: ['name']}).run()",
          map: 'const {id, values} = JSON.parse(context.value); if (id === context.key) context.write({key: values.name, value: id})',
        },
        { modules: ['N/search'] },
      ),
      (opened) => void seedRecords(opened, seed),
    );
    expect([report.output.map(({ key }) => key), report.units]).toEqual([['Seen 1', 'Seen 2'], 0]);
  });

  it.each([
    ["query.runSuiteQL({query: 'SELECT 1 FROM dual'})", 'getInputData returning query.ResultSet'],
    ["'text'", 'getInputData returning a string'],
  ])('refuses by name %s, which no page names as input', async (input, what) => {
    const report = await run(mapReduce({ getInputData: `return ${input}`, map: '' }, { modules: ['N/query'] }));
    expect(report.error).toEqual({
      name: 'EMULATOR_UNSUPPORTED',
      message: `${what} is not available in this emulator.`,
    });
  });

  it('passes nothing on when getInputData returns nothing', async () => {
    expect(
      await run(mapReduce({ getInputData: '', map: '', summarize: "log.debug('s', context.mapSummary.concurrency)" })),
    ).toMatchObject({ state: 'COMPLETE', map: { invocations: 0 } });
  });
});

describe('limits of an invocation (section_4480364878)', () => {
  const burn = "for (;;) cache.getCache({name: 'c'}).put({key: 'k', value: 'v'})";

  it('gives map 1,000, reduce 5,000, getInputData and summarize 10,000 units each', async () => {
    const left = "log.debug('left', context.type + ' ' + runtime.getCurrentScript().getRemainingUsage())";
    await run(
      mapReduce({
        getInputData: `${left}; return [1]`,
        map: `${left}; context.write({key: 1, value: 1})`,
        reduce: left,
        summarize: left,
      }),
    );
    expect(logged('left')).toEqual([
      'mapreduce.InputContext 10000',
      'mapreduce.MapContext 1000',
      'mapreduce.ReduceContext 5000',
      'mapreduce.Summary 10000',
    ]);
  });

  it('ends a map invocation that burns its units, cancels what is pending, still summarizes', async () => {
    const report = await run(
      mapReduce(
        {
          getInputData: "return ['bad', 'good', 'late']",
          map: `if (context.value === 'bad') { try { ${burn} } catch (e) { log.debug('caught', e.name) } }`,
          summarize: "log.debug('sum', 'ran')",
        },
        { deployments: [{ deploymentId: 'customdeploy_mr', concurrencyLimit: 1 }] },
      ),
    );
    expect(report).toMatchObject({
      state: 'FAILED',
      terminated: 'SSS_USAGE_LIMIT_EXCEEDED',
      map: { invocations: 1, keys: ['0'] },
    });
    expect(report.stages[1]?.errors).toMatchObject([{ key: '0', name: 'SSS_USAGE_LIMIT_EXCEEDED' }]);
    expect(logged('sum')).toEqual(['ran']);
  });

  it('jumps to summarize when getInputData fails', async () => {
    const report = await run(
      mapReduce({
        getInputData: "throw new Error('no input')",
        map: '',
        summarize: "log.debug('error', JSON.parse(context.inputSummary.error).message)",
      }),
    );
    expect(report).toMatchObject({
      state: 'FAILED',
      error: { name: 'Error', message: 'no input' },
      map: { invocations: 0 },
    });
    expect(logged('error')).toEqual(['no input']);
  });

  it('keeps persisted data below its limit', async () => {
    const report = await run(
      mapReduce({ getInputData: 'return [1, 2]', map: "context.write({key: context.key, value: 'x'.repeat(2000)})" }),
      undefined,
      { mapReducePersistedBytes: 1000 },
    );
    expect(report.terminated).toBe('PERSISTED_DATA_LIMIT_FOR_MAPREDUCE_SCRIPT_EXCEEDED');
  });

  it('refuses long keys by name', async () => {
    const report = await run(
      mapReduce({ getInputData: 'return [1]', map: "context.write({key: 'k'.repeat(3001), value: 1})" }),
    );
    expect(report.stages[1]?.errors).toMatchObject([{ name: 'KEY_LENGTH_IS_OVER_3000_BYTES' }]);
  });
});

describe('errors and retries (sections 1517279521, 1517279626)', () => {
  const failing =
    "log.debug('try', context.key + context.executionNo + context.isRestarted); context.write({key: context.key, value: 'lost'}); if (context.value === 'bad') throw new Error('bad ' + context.executionNo)";
  const stages = {
    getInputData: "return ['bad', 'good']",
    map: failing,
    summarize:
      "context.mapSummary.errors.iterator().each((k, e, n) => { log.debug('err', k + n + JSON.parse(e).message); return true }); context.mapSummary.keys.iterator().each((k, n, s) => { log.debug('key', k + n + s); return true })",
  };
  const single = { deployments: [{ deploymentId: 'customdeploy_mr', concurrencyLimit: 1 }] };

  it.each([
    ['{}', 2, ['bad 1'], ['01FAILED', '11COMPLETE'], 'COMPLETE'],
    ['{retryCount: 2}', 4, ['bad 1', 'bad 2', 'bad 3'], ['03FAILED', '11COMPLETE'], 'COMPLETE'],
    ['{exitOnError: true}', 1, ['bad 1'], ['01FAILED', '10PENDING'], 'FAILED'],
    ['{retryCount: 1, exitOnError: true}', 2, ['bad 1', 'bad 2'], ['02FAILED', '10PENDING'], 'FAILED'],
  ])('config %s: %i invocations', async (config, invocations, errors, keys, state) => {
    const report = await run(mapReduce(stages, { config, ...single }));
    expect(report.map.invocations).toBe(invocations);
    expect(report.stages[1]?.errors.map((e) => e.message)).toEqual(errors);
    expect(logged('key')).toEqual(keys);
    expect(report.state).toBe(state);
    // What a failed invocation wrote is gone.
    expect(report.output.filter((o) => o.key === '0')).toEqual([]);
  });

  it('refuses a retryCount that is not 0 to 3', async () => {
    const report = await run(mapReduce(stages, { config: '{retryCount: 4}', ...single }));
    expect([report.map.invocations, report.error?.name]).toEqual([0, 'EMULATOR_UNSUPPORTED']);
  });

  it('wants a key for what is written', async () => {
    const report = await run(mapReduce({ ...stages, map: "context.write({value: 'v'})" }, single));
    expect(report.stages[1]?.errors[0]).toMatchObject({
      name: 'SSS_MISSING_REQD_ARGUMENT',
      message: 'write: Missing a required argument: key',
    });
  });

  it('shows a retry its number and the errors before it', async () => {
    await run(
      mapReduce(
        {
          ...stages,
          map: `context.errors.iterator().each((k, e, n) => { log.debug('before', n + JSON.parse(e).message); return true }); ${failing}`,
        },
        { config: '{retryCount: 1}', ...single },
      ),
    );
    expect(logged('try')).toEqual(['01false', '02true', '11false']);
    expect(logged('before')).toEqual(['1bad 1']);
  });

  it.each([
    ['{}', ['0false', '0true', '1false', '2false'], ['0', '1', '2']],
    ['{retryCount: 0}', ['0false', '1false', '2false'], ['1', '2']],
  ])('after a server restart with config %s runs %j', async (config, tries, written) => {
    const report = await run(
      mapReduce(
        {
          getInputData: "return ['a', 'b', 'c']",
          map: "log.debug('try', context.key + context.isRestarted); context.write({key: context.key, value: 1})",
        },
        { config, ...single },
      ),
      (opened) => opened.faults.add({ kind: 'restart', stage: 'map', afterInvocations: 1 }),
    );
    expect(logged('try')).toEqual(tries);
    expect(report.output.map((o) => o.key)).toEqual(written);
    expect(report.stages[1]?.errors).toMatchObject([{ key: '0', name: 'SSS_APP_SERVER_RESTART' }]);
  });

  it('re-runs a whole unsaved buffer after a restart', async () => {
    await run(
      mapReduce(
        { getInputData: "return ['a', 'b', 'c']", map: "log.debug('try', context.key + context.isRestarted)" },
        { deployments: [{ deploymentId: 'customdeploy_mr', concurrencyLimit: 1, bufferSize: 4 }] },
      ),
      (opened) => opened.faults.add({ kind: 'restart', stage: 'map', afterInvocations: 2 }),
    );
    expect(logged('try')).toEqual(['0false', '1false', '0true', '1true', '2false']);
  });

  it('starts getInputData again after a restart', async () => {
    const report = await run(
      mapReduce({ getInputData: "log.debug('input', context.isRestarted); return [1]", map: '' }),
      (opened) => opened.faults.add({ kind: 'restart', stage: 'getInputData', afterInvocations: 1 }),
    );
    expect(logged('input')).toEqual(['false', 'true']);
    expect(report.state).toBe('COMPLETE');
  });
});
