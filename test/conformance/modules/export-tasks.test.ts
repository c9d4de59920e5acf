import type { AccountKernel } from '../../../emulator/kernel/account';
import type { Fields, Json } from '../../../emulator/kernel/types';
import { cabinet } from '../../../emulator/modules/cabinet';
import type { ScriptSpec } from '../../../emulator/scripts/deploy-scripts';
import { exportBook } from '../../../emulator/scripts/exports/export-book';
import { taskBook } from '../../../emulator/scripts/task-book';
import { openDeployedAccount, postTo, restletSpec, ADMINISTRATOR } from '../../helpers/emulator/deployed-account';

const MODULES = ['N/task', 'N/search', 'N/query', 'N/file', 'N/runtime'];

let account: AccountKernel;
afterEach(() => account.close());

const reader = (name: string, status = 'NOTSCHEDULED'): ScriptSpec => ({
  scriptId: `customscript_${name}`,
  type: 'scheduled',
  parameters: [{ id: `custscript_${name}_file`, type: 'TEXT' }],
  source: `/**
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 */
define(['N/file', 'N/runtime', 'N/log'], (file, runtime, log) => ({ execute: () => {
  const lines = [];
  file.load({ id: runtime.getCurrentScript().getParameter({ name: 'custscript_${name}_file' }) }).lines.iterator().each((line) => { lines.push(line.value); return true; });
  log.debug('${name}', lines.join('|'));
} }));`,
  deployments: [{ deploymentId: `customdeploy_${name}`, status }],
});

/** A RESTlet with this body, in an account with two customers and scheduled scripts that read a file. */
async function open(code: string, scripts: ScriptSpec[] = [reader('first')]): Promise<void> {
  account = await openDeployedAccount({ scripts: [restletSpec('x', MODULES, code), ...scripts] });
  customer({ entityid: 'Alpha, Inc.', email: 'a@x.example', creditlimit: 0.5, isinactive: false, subsidiary: '1' });
  customer({ entityid: 'The "Beta"', creditlimit: 1200, isinactive: true, subsidiary: '1' });
}

function customer(fields: Fields): void {
  account.store.put({
    type: 'customer',
    id: null,
    externalId: null,
    version: 0,
    fields,
    sublists: {},
    subrecords: {},
  });
}

const call = async (user = ADMINISTRATOR): Promise<{ body: Json; units: number }> => {
  const { body, error, execution } = await postTo(account, 'x', {}, user);
  return { body: (error ? { error: error.name } : body) as Json, units: execution.unitsUsed };
};

/** Waits for all that was submitted: the exports, then what depends on them. */
async function settle(): Promise<void> {
  const ids = (account.ledgers.list('tasks') as { taskId: string }[]).map(({ taskId }) => taskId);
  for (const id of ids) await exportBook(account).find(id)?.done;
  for (const id of ids) await taskBook(account).find(id)?.done;
}

/** Code that tries each of these and answers what it was refused with. */
const attempts = (before: string, cases: Record<string, string>): string =>
  `${before}; const refused = (code) => { try { code(); return 'taken'; } catch (error) { return error.name; } };
return {${Object.entries(cases)
    .map(([what, code]) => `${JSON.stringify(what)}: refused(() => { ${code} })`)
    .join()}}`;
const tasks = (): object[] => account.ledgers.list('tasks');
const contents = (path: string): unknown => cabinet(account).find(path)?.fields.contents;

const SAVE = `const saved = search.create({ type: 'customer', title: 'All', id: 'customsearch_all',
  columns: [{ name: 'internalid' }, { name: 'entityid', label: 'Name', sort: 'ASC' }, { name: 'creditlimit', label: 'Limit' }, { name: 'isinactive', label: 'Gone' }, { name: 'subsidiary', label: 'Company' }] }).save();`;

describe('a search task (sections 4799343953, 4804558173)', () => {
  it('writes labels, names and yes or no into the file of its path for 100 units, and tells its status', async () => {
    await open(`${SAVE} const made = task.create({ taskType: task.TaskType.SEARCH });
made.savedSearchId = saved; made.filePath = 'SuiteScripts/out.csv';
const id = made.submit(); const status = task.checkStatus({ taskId: id });
return [String(made), made.id === id, status.status, status.taskId === id, status.savedSearchId === saved, String(status)]`);
    const { body, units } = await call();
    expect(body).toEqual(['task.SearchTask', true, 'PENDING', true, true, 'task.SearchTaskStatus']);
    expect(units).toBe(5 + 100);
    await settle();
    const [alpha, beta] = account.store.list('customer').map(({ id }) => id);
    const company = String(account.store.get('subsidiary', '1')?.fields.name);
    expect(contents('SuiteScripts/out.csv')).toBe(
      `Internal ID,Name,Limit,Gone,Company\n${alpha},"Alpha, Inc.",0.50,No,${company}\n${beta},"The ""Beta""",1200.00,Yes,${company}\n`,
    );
    expect(tasks()).toMatchObject([{ taskType: 'SEARCH', status: 'COMPLETE', submittedBy: 'customscript_x' }]);
  });

  it('overwrites the file of a fileId, whose id its status has, and takes the script id of the search', async () => {
    await open(`${SAVE} const fileId = file.create({ name: 'kept.txt', fileType: 'CSV', contents: 'old', folder: -15 }).save();
const id = task.create({ taskType: 'SEARCH', savedSearchId: 'customsearch_all', fileId }).submit();
return [id, fileId, task.checkStatus(id).fileId, saved, task.checkStatus(id).savedSearchId]`);
    const [id, fileId, known, saved, told] = (await call()).body as Json[];
    expect([known, told]).toEqual([fileId, saved]);
    await settle();
    expect(exportBook(account).find(id as string)).toMatchObject({ status: 'COMPLETE', fileId });
    expect(String(contents('SuiteScripts/kept.txt'))).toMatch(/^Internal ID,Name/);
  });

  it('refuses what its pages refuse, and columns whose header nobody knows', async () => {
    await open(
      attempts(
        `${SAVE} const path = 'SuiteScripts/o.csv';
const made = (more) => task.create({ taskType: 'SEARCH', savedSearchId: saved, filePath: path, ...more });
const joined = search.create({ type: 'customer', title: 'J', columns: ['subsidiary.name'] }).save()`,
        {
          'two files': 'made().fileId = 5',
          'no file': 'made({ filePath: null }).submit()',
          'no search': 'made({ savedSearchId: null }).submit()',
          'an unknown search': 'made({ savedSearchId: 777 }).submit()',
          'an unknown file': 'made({ filePath: null, fileId: 777 }).submit()',
          'a missing folder': "made({ filePath: 'Nowhere/o.csv' }).submit()",
          'a folder': "made({ filePath: 'SuiteScripts' }).submit()",
          'a second submission': 'const once = made(); once.submit(); once.submit()',
          'setting its id': 'made().id = 1',
          'setting its status': 'task.checkStatus(made().submit()).status = 1',
          'a joined column without a label': 'made({ savedSearchId: joined }).submit()',
        },
      ),
    );
    expect((await call()).body).toEqual({
      'two files': 'UNSUPPORTED_COMBINATION_OF_PARAMETERS',
      'no file': 'SSS_MISSING_REQD_ARGUMENT',
      'no search': 'SSS_MISSING_REQD_ARGUMENT',
      'an unknown search': 'ASYNC_SEARCH_SEARCH_ID_NOT_FOUND',
      'an unknown file': 'THAT_RECORD_DOES_NOT_EXIST',
      'a missing folder': 'THAT_RECORD_DOES_NOT_EXIST',
      'a folder': 'MUST_IDENTIFY_A_FILE',
      'a second submission': 'CANNOT_RESUBMIT_SUBMITTED_ASYNC_SEARCH_TASK',
      'setting its id': 'READ_ONLY_PROPERTY',
      'setting its status': 'READ_ONLY_PROPERTY',
      'a joined column without a label': 'EMULATOR_UNSUPPORTED',
    });
  });
});

describe('dependants of a search task (sections 1530711128, 1530715682)', () => {
  const depend = (more: string): string => `${SAVE}
const script = task.create({ taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_first', deploymentId: 'customdeploy_first', params: { custscript_first_file: 'SuiteScripts/out.csv' } });
const made = task.create({ taskType: 'SEARCH', savedSearchId: saved, filePath: 'SuiteScripts/out.csv' });
${more}`;

  it('run when the file is written, with their parameters; their ids come with the submission', async () => {
    await open(
      depend(`made.addInboundDependency(script); const before = JSON.parse(JSON.stringify(made.inboundDependencies));
made.submit(); return [before, made.inboundDependencies, task.checkStatus(made.inboundDependencies[0].id).status]`),
    );
    const { body, units } = await call();
    const shown = {
      type: 'task.ScheduledScriptTask',
      scriptId: 'customscript_first',
      deploymentId: 'customdeploy_first',
      params: { custscript_first_file: 'SuiteScripts/out.csv' },
    };
    const [before, after, status] = body as [object, Record<string, { id: string }>, string];
    expect(before).toEqual({ 0: shown });
    expect(after).toEqual({ 0: { ...shown, id: expect.stringMatching(/^SCHEDSCRIPTTASK_/) as unknown } });
    expect(status).toBe('PENDING');
    expect(units).toBe(5 + 100);
    await settle();
    expect(account.ledgers.list('log')).toMatchObject([
      { title: 'first', details: expect.stringMatching(/^Internal ID,Name.*\|\d+,"Alpha, Inc\."/) as unknown },
    ]);
  });

  it('take any deployment that is idle, and are told which', async () => {
    await open(
      depend(
        `made.addInboundDependency({ taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_first', params: { custscript_first_file: 'SuiteScripts/out.csv' } }); made.submit(); return made.inboundDependencies[0].deploymentId`,
      ),
    );
    expect((await call()).body).toBe('customdeploy_first');
    await settle();
    expect(account.ledgers.list('log')).toHaveLength(1);
  });

  it('are refused for what their deployments lack, and then nothing is queued', async () => {
    const first = "task.create({ taskType: 'SCHEDULED_SCRIPT', scriptId: 'customscript_first' })";
    const depends = (...scripts: string[]): string =>
      `const made = task.create({ taskType: 'SEARCH', savedSearchId: saved, filePath: 'SuiteScripts/out.csv' });
${scripts.map((script) => `made.addInboundDependency(Object.assign(${script})); `).join('')} made.submit()`;
    const named = `${first}, { deploymentId: 'customdeploy_first' }`;
    await open(
      attempts(SAVE, {
        twice: depends(named, named),
        'unknown script': depends(`${first}, { scriptId: 'customscript_none' }`),
        'unknown deployment': depends(`${first}, { deploymentId: 'customdeploy_none' }`),
        'of another type': depends(`{ taskType: 'MAP_REDUCE', scriptId: 'customscript_first' }`),
        scheduled: depends(`${first}, { scriptId: 'customscript_second', deploymentId: 'customdeploy_second' }`),
        'already submitted': `${first}.submit(); ${depends(named)}`,
      }),
      [reader('first'), reader('second', 'SCHEDULED')],
    );
    expect((await call()).body).toEqual({
      twice: 'ASYNC_SEARCH_MULTIPLE_DEPENDENCIES',
      'unknown script': 'ASYNC_SEARCH_SCRIPT_ID_NOT_FOUND',
      'unknown deployment': 'ASYNC_SEARCH_DEPLOYMENT_FOR_DEPENDENCY',
      'of another type': 'ASYNC_SEARCH_SCRIPT_ID_NOT_FOUND',
      scheduled: 'ASYNC_SEARCH_DEPENDENCY_SS_INCORRECT_STATUS',
      'already submitted': 'ASYNC_SEARCH_DEPENDENCY_SS_ALREADY_SUBMITTED',
    });
    expect(tasks()).toMatchObject([{ taskType: 'SCHEDULED_SCRIPT' }]);
  });

  it('end as failed when the search does', async () => {
    await open(
      depend(`made.addInboundDependency(script); const id = made.submit(); search.delete({ id: saved }); return id`),
    );
    await call();
    await settle();
    expect(tasks()).toMatchObject([
      { taskType: 'SCHEDULED_SCRIPT', status: 'FAILED' },
      { taskType: 'SEARCH', status: 'FAILED', error: { name: 'ASYNC_SEARCH_SEARCH_ID_NOT_FOUND' } },
    ]);
    expect(account.ledgers.list('log')).toEqual([]);
  });
});

describe('SuiteQL and query tasks (sections 159223833809, 159223847318, 159223745979)', () => {
  it('bind their parameters and write all rows under the names of their columns', async () => {
    await open(`const made = task.create({ taskType: task.TaskType.SUITE_QL, filePath: 'SuiteScripts/q.csv', params: ['T'] });
made.query = 'SELECT id, entityid AS Name, isinactive, creditlimit, email FROM customer WHERE isinactive <> ? ORDER BY id';
const status = task.checkStatus({ taskId: made.submit() });
return [String(made), String(status), status.query === made.query, status.params]`);
    const { body, units } = await call();
    expect(body).toEqual(['task.SuiteQLTask', 'task.SuiteQLTaskStatus', true, ['T']]);
    expect(units).toBe(100);
    await settle();
    const [alpha] = account.store.list('customer');
    expect(contents('SuiteScripts/q.csv')).toBe(
      `id,name,isinactive,creditlimit,email\n${alpha?.id},"Alpha, Inc.",F,0.5,a@x.example\n`,
    );
  });

  it('run a query.Query as it was when it was submitted', async () => {
    await open(`const made = query.create({ type: 'customer' });
made.columns = [made.createColumn({ fieldId: 'entityid' }), made.createColumn({ fieldId: 'email', alias: 'mail' })];
made.condition = made.createCondition({ fieldId: 'isinactive', operator: query.Operator.IS, values: [false] });
const submitted = task.create({ taskType: 'QUERY', query: made, filePath: 'SuiteScripts/q.csv' });
const id = submitted.submit(); made.columns = [made.createColumn({ fieldId: 'id' })];
return [String(submitted), String(task.checkStatus(id))]`);
    expect((await call()).body).toEqual(['task.QueryTask', 'task.QueryTaskStatus']);
    await settle();
    expect(contents('SuiteScripts/q.csv')).toBe('entityid,mail\n"Alpha, Inc.",a@x.example\n');
  });

  it('refuse what their pages refuse, and to show a Query by its status', async () => {
    await open(
      attempts("const filePath = 'SuiteScripts/o.csv'", {
        'two files': "task.create({ taskType: 'SUITEQL', fileId: 1, filePath })",
        'no query': "task.create({ taskType: 'SUITEQL', filePath }).submit()",
        'text for a Query': "task.create({ taskType: 'QUERY', query: 'SELECT', filePath }).submit()",
        'an object as parameter':
          "task.create({ taskType: 'SUITEQL', query: 'SELECT id FROM customer WHERE id = ?', params: [{}], filePath }).submit()",
        'another kind of dependant':
          "task.create({ taskType: 'SUITEQL' }).addInboundDependency({ taskType: 'WORKFLOW_TRIGGER', scriptId: 'customscript_first' })",
        'the query of a status': "task.checkStatus({ taskId: 'QUERYTASK_1' }).query",
      }),
    );
    expect((await call()).body).toEqual({
      'two files': 'PROPERTY_VALUE_CONFLICT',
      'no query': 'SSS_MISSING_REQD_ARGUMENT',
      'text for a Query': 'WRONG_PARAMETER_TYPE',
      'an object as parameter': 'SSS_INVALID_TYPE_ARG',
      'another kind of dependant': 'WRONG_PARAMETER_TYPE',
      'the query of a status': 'EMULATOR_UNSUPPORTED',
    });
  });

  it('fail when the query is wrong, and say so in their status', async () => {
    await open(
      `return task.create({ taskType: 'SUITEQL', query: 'SELECT nothing FROM nowhere', filePath: 'SuiteScripts/o.csv' }).submit()`,
    );
    const id = (await call()).body as string;
    await settle();
    expect(exportBook(account).find(id)?.status).toBe('FAILED');
    expect(contents('SuiteScripts/o.csv')).toBeUndefined();
  });
});
