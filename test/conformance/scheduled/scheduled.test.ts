import type { AccountKernel } from '../../../emulator/kernel/account';
import { advanceClock } from '../../../emulator/control/advance-clock';
import { control } from '../../../emulator/modules/control';
import { runScript } from '../../../emulator/scripts/run-script';
import { scheduler } from '../../../emulator/scripts/scheduler';
import { taskBook } from '../../../emulator/scripts/task-book';
import { scriptRegistry } from '../../../emulator/scripts/script-registry';
import { deployScripts } from '../../../emulator/scripts/deploy-scripts';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

const scheduled = (code: string) => ({
  scriptId: 'customscript_job',
  type: 'scheduled',
  source: `/**
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 */
define(['N/runtime', 'N/cache'], (runtime, cache) => ({ execute: (context) => { ${code} } }));`,
});
const note =
  "log.audit('ran', [context.type, context.type === context.InvocationType.SCHEDULED, runtime.executionContext, runtime.getCurrentUser().id, runtime.getCurrentScript().getRemainingUsage()].join())";

let account: AccountKernel;
afterEach(() => account.close());
const logged = (): string[] => (account.ledgers.list('log') as { details: string }[]).map((l) => l.details);
const idle = async (): Promise<void> => {
  for (const { taskId } of account.ledgers.list('tasks') as { taskId: string }[])
    await taskBook(account).find(taskId)?.done;
};

describe('scheduled scripts (sections 1509578930, 1490041886)', () => {
  it('run on demand as System with 10,000 units', async () => {
    account = await openDeployedAccount({ scripts: [scheduled(note)] });
    expect(
      await runScript(account, { scriptId: 'customscript_job', deploymentId: 'customdeploy_job', wait: true }),
    ).toEqual({ state: 'COMPLETE', units: 0 });
    expect(logged()).toEqual(['USER_INTERFACE,false,SCHEDULED,-4,10000']);
  });

  it('report errors and limits', async () => {
    account = await openDeployedAccount({
      scripts: [scheduled("for (;;) cache.getCache({name: 'c'}).get({key: 'k'})")],
    });
    expect(
      await runScript(account, { scriptId: 'customscript_job', deploymentId: 'customdeploy_job', wait: true }),
    ).toMatchObject({ state: 'FAILED', terminated: 'SSS_USAGE_LIMIT_EXCEEDED', units: 10_000 });
  });

  it('begin again after a server restart, as aborted', async () => {
    account = await openDeployedAccount({ scripts: [scheduled(note)] });
    account.faults.add({ kind: 'restart', stage: 'execute' });
    await runScript(account, { scriptId: 'customscript_job', deploymentId: 'customdeploy_job', wait: true });
    expect(logged().map((d) => d.split(',')[0])).toEqual(['USER_INTERFACE', 'ABORTED']);
  });

  it("are submitted by scripts in the caller's name", async () => {
    account = await openDeployedAccount({
      scripts: [
        scheduled(note),
        restletSpec(
          'submit',
          ['N/task'],
          `const t = task.create({taskType: task.TaskType.SCHEDULED_SCRIPT}); t.scriptId = 'customscript_job'; t.deploymentId = 'customdeploy_job'; return t.submit()`,
        ),
      ],
    });
    expect((await postTo(account, 'submit')).body).toMatch(/^SCHEDSCRIPTTASK_/);
    await idle();
    expect(logged()).toEqual(['ON_DEMAND,false,SCHEDULED,-5,10000']);
  });

  it('submit their own deployment for another run and know its task at once (section_460871520995)', async () => {
    account = await openDeployedAccount({
      scripts: [
        {
          scriptId: 'customscript_job',
          type: 'scheduled',
          source: scheduled(`
            const again = () => task.create({taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_job', deploymentId: 'customdeploy_job', params: {custscript_round: 'second'}}).submit();
            const refusal = () => { try { return again() } catch (e) { return e.name } };
            const round = runtime.getCurrentScript().getParameter({name: 'custscript_round'});
            if (round) return log.audit('round', round);
            const id = again();
            log.audit('status', task.checkStatus({taskId: id}).status);
            log.audit('third', refusal());`).source.replace(
            "['N/runtime', 'N/cache'], (runtime, cache)",
            "['N/runtime', 'N/task'], (runtime, task)",
          ),
          parameters: [{ id: 'custscript_round' }],
        },
      ],
    });
    await runScript(account, { scriptId: 'customscript_job', deploymentId: 'customdeploy_job', wait: true });
    await idle();
    expect(logged()).toEqual(['PENDING', 'FAILED_TO_SUBMIT_JOB_REQUEST_1', 'second']);
  });

  it('are PENDING at the first look, also when it comes late, and run when they were looked at or their submitter is over (section_1508887826)', async () => {
    const script = (scriptId: string, source: string): object => ({
      scriptId: `customscript_${scriptId}`,
      type: 'scheduled',
      source: `/** @NApiVersion 2.1 @NScriptType ScheduledScript */ define(['N/task', 'N/cache'], (task, cache) => ({ execute: () => { ${source} } }));`,
      deployments: [{ deploymentId: `customdeploy_${scriptId}` }],
    });
    account = await openDeployedAccount({
      scripts: [
        script('late', `log.audit('job', 'ran');`),
        script(
          'job',
          `const submit = () => task.create({ taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_late' }).submit();
           const id = submit();
           for (let i = 0, sum = 0; i < 1e7; i += 1) sum += i % 7;
           log.audit('first', task.checkStatus({ taskId: id }).status);
           let status = ''; for (let i = 0; i < 1e6 && status !== 'COMPLETE'; i += 1) status = task.checkStatus({ taskId: id }).status;
           log.audit('then', status);
           submit();`,
        ),
      ] as never,
    });
    await runScript(account, { scriptId: 'customscript_job', deploymentId: 'customdeploy_job', wait: true });
    await idle();
    expect(logged()).toEqual(['PENDING', 'ran', 'COMPLETE', 'ran']);
  });

  const openQuarterly = async (): Promise<void> => {
    account = await openDeployedAccount({ scripts: [] });
    account.clock.set(Date.parse('2026-03-05T12:07:00Z'));
    deployScripts(account, [
      { ...scheduled(note), deployments: [{ deploymentId: 'customdeploy_job', status: 'SCHEDULED' }] },
    ]);
    const deployment = scriptRegistry(account).find('customscript_job', 'customdeploy_job');
    if (deployment) {
      deployment.definition.recurrence = {
        kind: 'daily',
        startDate: '2026-01-01',
        startTime: '00:00',
        endDate: null,
        repeatMinutes: 15,
        every: 1,
        weekdays: [],
        orderOfWeek: null,
        dayOfWeek: null,
      };
    }
    scheduler(account).plan();
  };

  it('run by themselves at their times on the virtual clock, once a jump', async () => {
    await openQuarterly();
    account.clock.advance(7 * 60_000);
    await idle();
    expect(logged()).toEqual([]);
    account.clock.advance(60_000);
    await idle();
    expect(logged()).toEqual(['SCHEDULED,true,SCHEDULED,-4,10000']);
    account.clock.advance(24 * 3_600_000);
    await idle();
    expect(logged()).toHaveLength(2);
  });

  it('run by themselves after virtual time went back, too', async () => {
    await openQuarterly();
    const front = { account } as never;
    await advanceClock({ front, body: { set: '2026-02-01T00:07:00Z' } } as never);
    account.clock.advance(8 * 60_000);
    await idle();
    expect(logged()).toEqual(['SCHEDULED,true,SCHEDULED,-4,10000']);
  });

  it('run at no time by themselves with `schedules` off, and again once it is `run`', async () => {
    await openQuarterly();
    const set = (schedules: string): void => {
      account.settings['schedules'] = schedules;
      control['settings.changed'](account);
    };
    set('off');
    account.clock.advance(24 * 3_600_000);
    await idle();
    expect(logged()).toEqual([]);
    set('run');
    account.clock.advance(15 * 60_000);
    await idle();
    expect(logged()).toHaveLength(1);
  });

  it('refuse to be submitted while they are scheduled', async () => {
    account = await openDeployedAccount({
      scripts: [
        { ...scheduled(note), deployments: [{ deploymentId: 'customdeploy_job', status: 'SCHEDULED' }] },
        restletSpec(
          'submit',
          ['N/task'],
          `try { task.create({taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_job', deploymentId: 'customdeploy_job'}).submit() } catch (e) { return e.name }`,
        ),
      ],
    });
    expect((await postTo(account, 'submit')).body).toBe('FAILED_TO_SUBMIT_JOB_REQUEST_1');
  });
});
