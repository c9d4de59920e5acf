import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
const deploy = (name: string, type: string, tag: string, code: string): Promise<unknown> =>
  box.control('POST', 'scripts', [
    {
      scriptId: `customscript_${name}`,
      type,
      source: `/**\n * @NApiVersion 2.1\n * @NScriptType ${tag}\n */\n${code}`,
      deployments: [{ deploymentId: `customdeploy_${name}`, status: 'RELEASED' }],
    },
  ]);
beforeAll(async () => {
  box = await openBlackBox();
  await box.control('POST', 'reset');
  await deploy(
    'page',
    'suitelet',
    'Suitelet',
    `define([], () => ({ onRequest: ({ request, response }) =>
      response.write(request.method + request.parameters.a + Object.keys(request.headers).filter((h) => /emulator/.test(h))) }));`,
  );
});
afterAll(() => box.close());

describe('calls to the own account (section_4567630582)', () => {
  it('reach a Suitelet by the external URL that url.resolveScript gives', async () => {
    const body = `const external = url.resolveScript({scriptId: 'customscript_page', deploymentId: 'customdeploy_page', returnExternalUrl: true, params: {a: 1}});
      return [https.get({url: external}), https.post({url: external, body: {b: 2}})].map((answer) => [answer.code, answer.body]);`;
    expect(await runCode(box, 'https url', body)).toEqual([
      [200, 'GET1'],
      [200, 'POST1'],
    ]);
  });

  it('do not reach the control API, or the UI without a session', async () => {
    const body = `const answers = ['restlets.api', 'extforms', 'app'].map((host) => {
        try { return https.get({url: 'https://tstdrv1000001.' + host + '.netsuite.com/_emulator/executions'}).code; } catch (e) { return e.name; } });
      return answers;`;
    expect(await runCode(box, 'https', body)).toEqual(Array(3).fill('SSS_UNKNOWN_HOST'));
  });

  it.each([
    ['requestRestlet', 'restlet', 'Restlet', 'post: () => call()'],
    ['get', 'suitelet', 'Suitelet', 'onRequest: ({ response }) => response.write(call())'],
  ])('by https.%s end as a loop when scripts call each other for ever', async (method, type, tag, entry) => {
    const self = `scriptId: 'customscript_${type}_loop', deploymentId: 'customdeploy_${type}_loop'`;
    const how =
      method === 'get'
        ? `https.get({ url: url.resolveScript({ ${self}, returnExternalUrl: true }) }).body`
        : `https.requestRestlet({ ${self}, method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }).body`;
    const call = `const call = () => { try { return ${how}; } catch (e) { return e.name; } };`;
    await deploy(
      `${type}_loop`,
      type,
      tag,
      `define(['N/https', 'N/url'], (https, url) => { ${call} return { ${entry} }; });`,
    );
    expect(await runCode(box, 'https url', `return ${how};`)).toContain('SSS_REQUEST_LOOP_DETECTED');
  });
});
