import type { BlackBox } from './black-box';

let scripts = 0;

/** Runs a function body in a RESTlet of its own; N modules are named as their last path part. Answers what it returns, or the error it throws. */
export async function runCode(box: BlackBox, modules: string, body: string, version = '2.1'): Promise<unknown> {
  const name = `code_${(scripts += 1)}`;
  const names = modules.split(' ');
  const paths = names.map((each) => `'N/${each}'`).join(', ');
  const source =
    `/**\n * @NApiVersion ${version}\n * @NScriptType Restlet\n */\n` +
    `define([${paths}], function (${names.map((each) => each.split('/').at(-1)).join(', ')}) {\n` +
    `return { post: function (input) {\n${body}\n} }; });`;
  await box.control('POST', 'scripts', [
    {
      scriptId: `customscript_${name}`,
      type: 'restlet',
      source,
      deployments: [{ deploymentId: `customdeploy_${name}`, status: 'RELEASED' }],
    },
  ]);
  return (await box.restlet(`customscript_${name}`, 'POST', {})).body;
}
