import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

/** `POST reset` brings back the state after the deploy (control API). */
let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(() => box.close());

const script = (answer: string): object => ({
  scriptId: 'customscript_later',
  type: 'restlet',
  path: 'SuiteScripts/later.js',
  source: `/**\n * @NApiVersion 2.1\n * @NScriptType Restlet\n */\ndefine(['N/cache'], (cache) => ({ post: () => [${JSON.stringify(answer)}, cache.getCache('c').get({ key: 'k', loader: () => '${answer}' })] }));`,
  deployments: [{ deploymentId: 'customdeploy_later' }],
});

describe('a reset', () => {
  it('forgets scripts, files, objects, roles and caches that came after the deploy', async () => {
    await box.control('POST', 'scripts', [script('first')]);
    await box.control('POST', 'objects', [
      { xml: '<customrecordtype scriptid="customrecord_later"><recordname>Later</recordname></customrecordtype>' },
    ]);
    await box.seed([{ type: 'customrecord_later', fields: { name: 'row' } }]);
    expect((await box.restlet('customscript_later', 'POST', {})).body).toEqual(['first', 'first']);
    await box.control('POST', 'reset');
    expect((await box.restlet('customscript_later', 'POST', {})).status).toBe(404);
    expect(await box.control('GET', 'records/file')).toEqual([]);
    await expect(box.seed([{ type: 'customrecord_later', fields: { name: 'row' } }])).rejects.toThrow();
    expect(await box.control('GET', 'executions')).toEqual([]);
  });

  it('ends the runs that were going on: ids mean other records from then on', async () => {
    const job = (name: string): object => ({
      scriptId: `customscript_${name}`,
      type: 'mapreduce',
      path: `SuiteScripts/${name}.js`,
      source: `/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/cache', 'N/record'], (cache, record) => ({
  getInputData: () => {
    cache.getCache({ name: 'c' }).get({ key: '${name}' });
    return [7001, 7002, 7003];
  },
  map: ({ value }) => '${name}' === 'cleaner' && record.delete({ type: 'customer', id: Number(value) }),
}));`,
      deployments: [{ deploymentId: `customdeploy_${name}` }],
    });
    const run = (name: string, wait: boolean): Promise<unknown> =>
      box.control('POST', `scripts/customscript_${name}/customdeploy_${name}/run`, { wait });
    await box.control('POST', 'scripts', [job('cleaner')]);
    await box.control('POST', 'faults', [{ kind: 'hold', match: { api: 'cache.get' } }]);
    await run('cleaner', false);
    const isHeld = async (): Promise<boolean> =>
      ((await box.control('GET', 'faults')) as { holding: boolean }[]).some(({ holding }) => holding);
    for (const end = Date.now() + 60_000; !(await isHeld());)
      if (Date.now() > end) throw new Error('it never came to it');
    await box.control('POST', 'reset');
    await box.control('POST', 'scripts', [job('cleaner'), job('other')]);
    const ids = ['7001', '7002', '7003'];
    await box.seed(ids.map((id) => ({ type: 'customer', id, fields: { companyname: id, subsidiary: '1' } })));
    expect(await run('other', true)).toMatchObject({ state: 'COMPLETE' });
    const left = (await box.control('GET', 'records/customer')) as { id: string }[];
    expect(left.map(({ id }) => id)).toEqual(ids);
    const executions = (await box.control('GET', 'executions')) as { scriptId: string }[];
    expect(new Set(executions.map(({ scriptId }) => scriptId))).toEqual(new Set(['customscript_other']));
    await box.control('POST', 'reset');
  });

  it('lets the same ids come back with other code', async () => {
    await box.control('POST', 'scripts', [script('second')]);
    expect((await box.restlet('customscript_later', 'POST', {})).body).toEqual(['second', 'second']);
    await box.control('POST', 'scripts', [script('third')]);
    expect((await box.restlet('customscript_later', 'POST', {})).body).toEqual(['third', 'second']);
  });

  it("refuses a script with NetSuite's message", async () => {
    const wrong = {
      ...script('x'),
      source: '/**\n * @NApiVersion 2.1\n * @NScriptType Suitelet\n */\ndefine([], () => ({}));',
    };
    await expect(box.control('POST', 'scripts', [wrong])).rejects.toThrow(
      '400 {"error":{"code":"THE_FILE_IS_USED_AS_SCRIPT_TYPE_1_CANNOT_BE_CHANGED_TO_2"',
    );
    await expect(
      box.control('POST', 'scripts', [
        {
          ...script('x'),
          source: '/**\n * @NApiVersion 2.1\n * @NScriptType Restlet\n */\ndefine([], () => ({ post: () => { });',
        },
      ]),
    ).rejects.toThrow('SYNTAX_ERROR');
    await expect(box.control('POST', 'scripts', [{ ...script('x'), type: 'clientscript' }])).rejects.toThrow(
      "Scripts of type clientscript don't run in this emulator.",
    );
  });
});
