import type { AccountKernel } from '../../../emulator/kernel/account';
import type { ScriptSpec } from '../../../emulator/scripts/deploy-scripts';
import type { MapReduceReport } from '../../../emulator/scripts/map-reduce/report';
import { processors as processorsOf } from '../../../emulator/scripts/processors';
import { runScript } from '../../../emulator/scripts/run-script';
import { taskBook } from '../../../emulator/scripts/task-book';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { loggedUnder, mapReduce, runMapReduceScript } from './map-reduce-script';

let account: AccountKernel;
afterEach(() => account.close());

async function run(spec: ScriptSpec, setup?: (opened: AccountKernel) => void, config = {}): Promise<MapReduceReport> {
  account = await openDeployedAccount({ scripts: [spec], config });
  setup?.(account);
  return runMapReduceScript(account);
}
const logged = (title: string): string[] => loggedUnder(account, title);

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

describe('priorities (section_1509578980)', () => {
  const low = { deploymentId: 'customdeploy_low', priority: 'LOW' };
  const job = (name: string, deployments: NonNullable<ScriptSpec['deployments']>): ScriptSpec => ({
    ...mapReduce({ getInputData: `log.debug('began', '${name}'); return []`, map: '' }),
    scriptId: `customscript_${name}`,
    deployments,
  });

  it('hand a free processor to high before standard before low, in the order of asking within one', async () => {
    account = await openDeployedAccount({
      scripts: [
        mapReduce(
          { getInputData: 'return []', map: '' },
          { deployments: [{ deploymentId: 'customdeploy_mr', priority: 'HIGH' }] },
        ),
        job('low', [low]),
        job('first', [{ deploymentId: 'customdeploy_first' }]),
        job('second', [{ deploymentId: 'customdeploy_second' }]),
        job('high', [{ deploymentId: 'customdeploy_high', priority: 'HIGH' }]),
      ],
    });
    const processors = [await processorsOf(account).acquire('HIGH'), await processorsOf(account).acquire('HIGH')];
    const jobs = ['low', 'first', 'second', 'high'].map((name) =>
      runScript(account, { scriptId: `customscript_${name}`, deploymentId: `customdeploy_${name}`, wait: true }),
    );
    const states = (): string[] => (account.ledgers.list('tasks') as { status: string }[]).map(({ status }) => status);
    while (!states().every((status) => status === 'PROCESSING')) await new Promise((resolve) => setImmediate(resolve));
    processors[0]?.();
    await Promise.all(jobs);
    processors[1]?.();
    expect(logged('began')).toEqual(['high', 'first', 'second', 'low']);
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
