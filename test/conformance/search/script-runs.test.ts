import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

/** Asks, as scripts do before they begin, which runs of its own deployment are under way. */
const ALONE = `/**
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 */
define(['N/search', 'N/runtime'], (search, runtime) => ({
  execute: () => {
    const script = runtime.getCurrentScript();
    const running = search.create({
      type: search.Type.SCHEDULED_SCRIPT_INSTANCE,
      filters: [['status', 'anyof', 'PENDING', 'PROCESSING', 'RETRY'], 'AND', ['script.scriptid', 'is', script.id], 'AND', ['scriptdeployment.scriptid', 'is', script.deploymentId]],
      columns: ['status', 'script.scriptid', 'scriptdeployment.title'],
    });
    log.audit('running', JSON.stringify(running.run().getRange(0, 9).map((row) => row.columns.map((column) => row.getValue(column)))));
  },
}));`;

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
  const deployments = [{ deploymentId: 'customdeploy_alone', title: 'Alone', status: 'RELEASED' }];
  await box.control('POST', 'scripts', [
    { scriptId: 'customscript_alone', type: 'scheduled', source: ALONE, deployments },
  ]);
});
afterAll(() => box.close());

describe('script instances (section_1509578980)', () => {
  it('are found by the names of their status, with script and deployment joined', async () => {
    await box.control('POST', 'scripts/customscript_alone/customdeploy_alone/run', { wait: true });
    const [run] = (await box.control('GET', 'executions?scriptId=customscript_alone')) as {
      logs: { details: string }[];
    }[];
    expect(JSON.parse(run?.logs[0]?.details ?? '')).toEqual([['PROCESSING', 'customscript_alone', 'Alone']]);
    const over = await runCode(
      box,
      'search',
      `const rows = (status) => search.create({ type: 'scheduledscriptinstance', filters: [['status', 'anyof', status]], columns: ['status', 'taskid'] })
         .run().getRange(0, 9).map((row) => [row.getText('status'), row.getValue('taskid').slice(0, 6)]);
       return [rows('COMPLETE'), rows('PENDING')];`,
    );
    expect(over).toEqual([[['Complete', 'SCHEDS']], []]);
  });
});

describe('joins by names that are no fields (section_N3352288)', () => {
  it('to system notes are refused by name, because this account keeps none', async () => {
    const answer = await runCode(
      box,
      'search',
      `try { return search.create({ type: 'customer', filters: [['systemnotes.field', 'anyof', 'ENTITY.KSTATUS']] }).run().getRange(0, 1); } catch (e) { return [e.name, e.message]; }`,
    );
    expect(answer).toEqual([
      'EMULATOR_UNSUPPORTED',
      'The join systemNotes is not available in searches of this emulator.',
    ]);
  });

  it('lead from a case to its customer and its employee', async () => {
    await box.seed([
      { type: 'customer', id: '101', fields: { entityid: 'Acme', companyname: 'Acme', phone: '555', subsidiary: '1' } },
      {
        type: 'employee',
        id: '102',
        fields: { entityid: 'Nora', firstname: 'Nora', lastname: 'Nord', title: 'Agent' },
      },
      { type: 'supportcase', id: '103', fields: { title: 'Broken', company: '101', assigned: '102' } },
    ]);
    const answer = await runCode(
      box,
      'search',
      `return search.create({ type: 'supportcase', filters: [['customer.phone', 'is', '555']], columns: ['title', 'customer.phone', 'employee.title'] })
         .run().getRange(0, 9).map((row) => row.columns.map((column) => row.getValue(column)));`,
    );
    expect(answer).toEqual([['Broken', '555', 'Agent']]);
  });
});
