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
