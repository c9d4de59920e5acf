import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

async function run(version: string, body: string): Promise<{ status: number; body: unknown }> {
  const scriptId = 'customscript_es';
  const source = `/**\n * @NApiVersion ${version}\n * @NScriptType Restlet\n */\ndefine([], function () {\n${body}\n});`;
  await box.control('POST', 'scripts', [
    { scriptId, type: 'restlet', source, deployments: [{ deploymentId: 'customdeploy_es' }] },
  ]);
  return box.restlet(scriptId, 'POST', {});
}

const ANSWER = 'return { post: function () { return "ran"; } };';
const NEWER: [string, string][] = [
  ['arrow function', 'var f = () => 1;'],
  ['let', 'let a = 1;'],
  ['template literal', 'var a = `x`;'],
  ['class', 'class A {}'],
  ['spread', 'var a = [].concat(...[1]);'],
  ['destructuring', 'var { a } = { a: 1 };'],
];

describe('SuiteScript 2.0 is ECMAScript 5.1 (chapter_156042690639)', () => {
  it.each(NEWER)('refuses %s in a 2.0 script by name, and in 2.x while it runs as 2.0', async (name, code) => {
    for (const version of ['2.0', '2.x']) {
      const { status, body } = await run(version, `${code}\n${ANSWER}`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(body)).toContain(`ECMAScript 5.1: ${name}`);
    }
    expect(await run('2.1', `${code}\n${ANSWER}`)).toEqual({ status: 200, body: 'ran' });
  });

  it('runs 2.x as 2.1 where the account prefers that', async () => {
    await box.control('POST', 'settings', { preference2xAs21: true });
    expect(await run('2.x', `let a = 1;\n${ANSWER}`)).toEqual({ status: 200, body: 'ran' });
    expect((await run('2.0', `let a = 1;\n${ANSWER}`)).status).toBeGreaterThanOrEqual(400);
  });

  it('takes const, and does not enforce strict mode, in 2.0 (subsect_159526433919)', async () => {
    const undeclared = (version: string) => run(version, `"use strict"; const a = 1; b = a;\n${ANSWER}`);
    expect(await undeclared('2.0')).toEqual({ status: 200, body: 'ran' });
    expect(JSON.stringify((await undeclared('2.1')).body)).toContain('b is not defined');
  });

  it('writes dates long and errors with their message, 2.1 dates short and errors without (subsect_159526522746, subsect_158755291553)', async () => {
    const answer = `return { post: function () { return [new Date(2012, 11, 21).toLocaleDateString('de-DE'), JSON.stringify(new Error('x'))]; } };`;
    expect((await run('2.0', answer)).body).toEqual(['December 21, 2012', '{"message":"x"}']);
    expect((await run('2.1', answer)).body).toEqual(['2012-12-21', '{}']);
  });

  it('reads over characters without a shape in 2.0, but not in texts, and refuses them in 2.1', async () => {
    const zero = '\u200B';
    const code = `var${zero} a${zero} = "x${zero}y"; // it's ${zero}\nreturn ${zero}{ post: function () { return a.length; } };`;
    expect(await run('2.0', code)).toEqual({ status: 200, body: 3 });
    await expect(run('2.1', code)).rejects.toThrow('SYNTAX_ERROR');
  });

  it('runs what ES5.1 has', async () => {
    expect(await run('2.0', `var a = { get b() { return 1; }, default: 2, }; ${ANSWER}`)).toMatchObject({
      status: 200,
    });
  });
});
