import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'scripts', [
    {
      scriptId: 'customscript_job',
      type: 'scheduled',
      source: `/**\n * @NApiVersion 2.1\n * @NScriptType ScheduledScript\n */\ndefine(['N/runtime', 'N/log'], (runtime, log) => ({ execute: () =>
        log.audit('ran', [runtime.getCurrentScript().deploymentId, runtime.getCurrentScript().getParameter('custscript_key'), runtime.getCurrentScript().getParameter('custscript_on')]) }));`,
      parameters: [
        { id: 'custscript_key', type: 'TEXT' },
        { id: 'custscript_on', type: 'CHECKBOX' },
      ],
      deployments: [
        { deploymentId: 'customdeploy_job', status: 'NOTSCHEDULED', parameters: { custscript_key: 'first' } },
      ],
    },
  ]);
});
afterAll(async () => box.close());

const ran = async (deployment: string): Promise<unknown> => {
  await box.control('POST', `scripts/customscript_job/${deployment}/run`, { wait: true });
  const rows = (await box.control('GET', 'executions?scriptId=customscript_job')) as { logs: { details: string }[] }[];
  return JSON.parse(rows.at(-1)?.logs[0]?.details ?? 'null') as unknown;
};
const FIND = `const id = Number(search.create({ type: 'scriptdeployment', filters: [['scriptid', 'is', 'customdeploy_job']] }).run().getRange(0, 1)[0].id);`;

describe('deployments as records (section_1509578980)', () => {
  it('keep the parameters that a script sets on them, and run with them', async () => {
    expect(await ran('customdeploy_job')).toEqual(['customdeploy_job', 'first', false]);
    const shown = await runCode(
      box,
      'record search',
      `${FIND}
       const deployment = record.load({ type: 'scriptdeployment', id });
       deployment.setValue('custscript_key', 'second').setValue('custscript_on', true).save();
       const again = record.load({ type: 'scriptdeployment', id });
       return [again.getValue('custscript_key'), again.getValue('custscript_on')];`,
    );
    expect(shown).toEqual(['second', true]);
    expect(await ran('customdeploy_job')).toEqual(['customdeploy_job', 'second', true]);
  });

  it('are made by copy and by create, and run like any other', async () => {
    const ids = await runCode(
      box,
      'record search task',
      `${FIND}
       const copy = record.copy({ type: 'scriptdeployment', id });
       copy.setValue('scriptid', '_job_2').setValue('custscript_key', 'third');
       const copied = copy.save();
       const script = record.load({ type: 'scriptdeployment', id }).getValue('script');
       const made = record.create({ type: 'scriptdeployment', defaultValues: { script } });
       made.setValue('scriptid', '_job_3').setValue('status', 'NOTSCHEDULED').setValue('isdeployed', true);
       made.save();
       return [record.load({ type: 'scriptdeployment', id: copied }).getValue('scriptid'),
         typeof task.create({ taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_job', deploymentId: 'customdeploy_job_3' }).submit()];`,
    );
    expect(ids).toEqual(['customdeploy_job_2', 'string']);
    expect(await ran('customdeploy_job_2')).toEqual(['customdeploy_job_2', 'third', true]);
  });

  it('are gone after a reset', async () => {
    await box.control('POST', 'reset');
    await expect(box.control('POST', 'scripts/customscript_job/customdeploy_job_2/run', {})).rejects.toThrow('404');
  });
});
