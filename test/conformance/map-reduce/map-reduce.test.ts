import type { AccountKernel } from '../../../emulator/kernel/account';
import type { MapReduceReport } from '../../../emulator/scripts/map-reduce/report';
import { runScript } from '../../../emulator/scripts/run-script';
import { taskBook } from '../../../emulator/scripts/task-book';
import type { ScriptSpec } from '../../../emulator/scripts/deploy-scripts';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

/** A Map/Reduce script out of its stages' code; `log` lines carry what a stage saw. */
const mapReduce = (
  stages: Record<string, string>,
  options: Partial<ScriptSpec> & { config?: string; modules?: string[] } = {},
): ScriptSpec => {
  const modules = options.modules ?? ['N/runtime', 'N/file', 'N/cache'];
  const { config, modules: _modules, ...spec } = options;
  return {
    scriptId: 'customscript_mr',
    type: 'mapreduce',
    source: `/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(${JSON.stringify(modules)}, (${modules.map((m) => m.split('/').pop()).join(', ')}) => ({
  ${config ? `config: ${config},` : ''}
  ${Object.entries(stages)
    .map(([name, code]) => `${name}: (context) => { ${code} },`)
    .join('\n  ')}
}));`,
    ...spec,
  };
};

let account: AccountKernel;
afterEach(() => account.close());

async function run(spec: ScriptSpec, setup?: (opened: AccountKernel) => void, config = {}): Promise<MapReduceReport> {
  account = await openDeployedAccount({ scripts: [spec], config });
  setup?.(account);
  return (await runScript(account, {
    scriptId: 'customscript_mr',
    deploymentId: 'customdeploy_mr',
    wait: true,
  })) as MapReduceReport;
}
const logged = (title: string): string[] =>
  (account.ledgers.list('log') as { title: string; details: string }[])
    .filter((l) => l.title === title)
    .map((l) => l.details);

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

describe('processors and yields (sections 1509578980, 1518131145, 1518645558)', () => {
  const busy = {
    getInputData: 'return [1, 2, 3, 4, 5, 6]',
    map: "cache.getCache({name: 'c'}).get({key: 'k'})",
    summarize:
      "log.debug('figures', [context.mapSummary.concurrency, context.mapSummary.yields, context.concurrency].join())",
  };

  it('runs as many jobs as the deployment allows, and no more than there are processors', async () => {
    const parallel = { deployments: [{ deploymentId: 'customdeploy_mr', concurrencyLimit: 4 }] };
    await run(mapReduce(busy, parallel));
    expect(logged('figures')).toEqual(['2,0,2']);
    await account.close();
    await run(mapReduce(busy, parallel), undefined, { suiteCloudPlus: 1 });
    expect(logged('figures')).toEqual(['4,0,4']);
  });

  it('yields between invocations once a job has used 10,000 units', async () => {
    const spend = "for (let i = 0; i < 950; i++) cache.getCache({name: 'c'}).get({key: 'k'})";
    await run(
      mapReduce(
        { ...busy, getInputData: 'return Array.from({length: 12}, (_, i) => i)', map: spend },
        { deployments: [{ deploymentId: 'customdeploy_mr', concurrencyLimit: 1 }] },
      ),
    );
    expect(logged('figures')).toEqual(['1,1,1']);
  });

  it("yields after the deployment's minutes", async () => {
    await run(
      mapReduce(
        { ...busy, getInputData: 'return [1, 2, 3]' },
        { deployments: [{ deploymentId: 'customdeploy_mr', concurrencyLimit: 1, yieldAfterMinutes: 3 }] },
      ),
      undefined,
      { apiMs: { 'cache.get': 200_000 } },
    );
    expect(logged('figures')).toEqual(['1,2,1']);
  });
});

describe('submitting (sections 1510974473, 1508887826, 453639770507)', () => {
  const submit = `const options = {taskType: task.TaskType.MAP_REDUCE, scriptId: 'customscript_mr', params: args.params};
    if (args.deploymentId) options.deploymentId = args.deploymentId;
    try { const id = task.create(options).submit(); const s = task.checkStatus({taskId: id}); return {id, status: s.status, script: typeof s.scriptId} } catch (e) { return {error: e.name, message: e.message} }`;
  const script = mapReduce(
    {
      getInputData:
        "log.debug('params', [runtime.getCurrentScript().getParameter({name: 'custscript_from'}), runtime.getCurrentUser().id, runtime.executionContext].join()); return [1]",
      map: '',
    },
    {
      parameters: [{ id: 'custscript_from', type: 'integer', default: 7 }],
      deployments: [{ deploymentId: 'customdeploy_mr' }, { deploymentId: 'customdeploy_mr_2' }],
    },
  );

  it('takes any idle deployment, answers a task id, and refuses what is running', async () => {
    account = await openDeployedAccount({ scripts: [script, restletSpec('submit', ['N/task'], submit)] });
    const hold = account.faults.add({ kind: 'hold', match: { scriptId: 'customscript_mr' }, times: 2 });
    const bodies = [];
    for (const argument of [{}, {}, {}, { deploymentId: 'customdeploy_mr' }])
      bodies.push((await postTo(account, 'submit', argument)).body);
    expect(bodies[0]).toMatchObject({ id: expect.stringMatching(/^MAPREDUCETASK_/) as string, script: 'number' });
    expect(bodies[2]).toMatchObject({ error: 'NO_DEPLOYMENTS_AVAILABLE' });
    expect(bodies[3]).toMatchObject({
      error: 'MAP_REDUCE_ALREADY_RUNNING',
      message: expect.stringMatching(/^Map\/Reduce Script \d+ with Deployment \d+ is already running/) as string,
    });
    expect(account.ledgers.list('tasks')).toMatchObject([
      {
        taskType: 'MAP_REDUCE',
        scriptId: 'customscript_mr',
        deploymentId: 'customdeploy_mr',
        submittedBy: 'customscript_submit',
      },
      { deploymentId: 'customdeploy_mr_2' },
    ]);
    account.faults.release(hold);
  });

  it("keeps the caller's identity and types the parameters, ignoring unknown ones", async () => {
    account = await openDeployedAccount({ scripts: [script, restletSpec('submit', ['N/task'], submit)] });
    await postTo(account, 'submit', { params: { custscript_from: '42', custscript_none: 1 } });
    const [row] = account.ledgers.list('tasks') as { taskId: string; status: string }[];
    await taskBook(account).find(row?.taskId ?? '')?.done;
    expect(row?.status).toBe('COMPLETE');
    expect(logged('params')).toEqual(['42,-5,MAPREDUCE']);
    const [instance] = account.store.list('scheduledscriptinstance');
    expect(instance?.fields).toMatchObject({ taskid: row?.taskId, status: 'Complete', percentcomplete: 100 });
  });

  it('needs the two SuiteScript permissions', async () => {
    const role = `<role scriptid="customrole_plain"><name>Plain</name><centertype>BASIC</centertype><permissions><permission><permkey>LIST_FIND</permkey><permlevel>VIEW</permlevel></permission></permissions></role>`;
    account = await openDeployedAccount({
      objects: [role],
      scripts: [script, restletSpec('submit', ['N/task'], submit)],
    });
    const { body } = await postTo(account, 'submit', {}, { entity: -5, role: 1001 });
    expect(body).toEqual({
      error: 'INSUFFICIENT_PERMISSION',
      message:
        "Permission Violation: You need  the 'Setup -> SuiteScript' permission to access this page. Please contact your account administrator.",
    });
  });
});
