import { startProcess, type EmulatorProcess } from '../../helpers/emulator/emulator-process';

const SOURCE = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/runtime'], (runtime) => ({ post: () => {
  const value = (name) => runtime.getCurrentScript().getParameter({ name });
  const day = value('custscript_day');
  return { day: [day.getFullYear(), day.getMonth() + 1, day.getDate(), day.getHours()], instant: value('custscript_at').toISOString(),
    named: value('custscript_named'), on: value('custscript_on'), unset: value('custscript_unset'), rate: value('custscript_rate') };
} }));`;

let emulator: EmulatorProcess;
beforeAll(async () => {
  emulator = await startProcess(['--no-project']);
  await emulator.control('POST', 'settings', { timeZone: 'America/Los_Angeles' });
});
afterAll(async () => emulator.stop());

it('script parameters come in their types; a date is midnight in the zone of the account, one that only a deployment names is text (section_4296661592)', async () => {
  await emulator.control('POST', 'scripts', [
    {
      scriptId: 'customscript_parameters',
      type: 'restlet',
      source: SOURCE,
      parameters: [
        { id: 'custscript_day', type: 'date', default: '2026-01-05' },
        { id: 'custscript_at', type: 'datetimetz', default: '2026-01-05T10:00:00Z' },
        { id: 'custscript_rate', type: 'float', default: 1.5 },
        { id: 'custscript_unset', type: 'integer' },
      ],
      deployments: [
        { deploymentId: 'customdeploy_parameters', parameters: { custscript_named: 'x', custscript_on: true } },
      ],
    },
  ]);
  const { text } = await emulator.restlet('customscript_parameters', 'customdeploy_parameters', {});
  expect(JSON.parse(text)).toEqual({
    day: [2026, 1, 5, 0],
    instant: '2026-01-05T10:00:00.000Z',
    named: 'x',
    on: true,
    unset: null,
    rate: 1.5,
  });
});
