import { ScriptRefused } from '../../../emulator/scripts/deploy-scripts';
import { entryPointFault } from '../../../emulator/sdf/entry-points';
import { readScriptHeader } from '../../../emulator/sdf/script-header';
import { openDeployedAccount } from '../../helpers/emulator/deployed-account';

const MUST = 'SCRIPT_OF_API_VERSION_20_MUST_IMPLEMENT_A_SCRIPT_TYPE_INTERFACE';
const ONE = 'SCRIPT_OF_API_VERSION_20_CANNOT_IMPLEMENT_MORE_THAN_ONE_SCRIPT_TYPE_INTERFACES';
const tagged = (type: string, code: string): string =>
  `/**\n * @NApiVersion 2.1\n * @NScriptType ${type}\n */\n${code}`;

describe('entry points of a script file (section_4503568059)', () => {
  it.each([
    ['restlet', 'define([], () => { const post = () => 1; })', MUST],
    ['restlet', 'define([], () => ({ run: () => 1 }))', MUST],
    ['restlet', "require(['N/log'], (log) => ({ post: () => 1 }))", MUST],
    ['usereventscript', 'define([], () => ({ beforeSubmit: () => 1, execute: () => 1 }))', ONE],
    ['suitelet', 'define([], main);\nfunction main() { return { beforeLoad: () => 1 }; }', 'WRONG_SCRIPT_TYPE'],
    ['scheduledscript', 'define([], () => ({}));\ndefine([], () => ({ execute: () => 1 }))', 'MULTIPLE_DEFINE_CALLS'],
    ['mapreducescript', 'define([], () => ({ getInputData: () => [], summarize: () => 1 }))', MUST],
    ['mapreducescript', 'define([], () => ({ map: () => 1 }))', MUST],
  ])('of a %s, refuses %j with %s', (type, code, refusal) => {
    expect(entryPointFault(tagged('Suitelet', code), type)?.code).toBe(refusal);
  });

  it.each([
    ['restlet', 'define({ post: () => 1, helper: () => 2 })'],
    ['restlet', "define(['require', 'exports'], function (require, exports) { exports.post = () => 1; })"],
    ['restlet', 'define([], () => { const api = {}; api.post = () => 1; return api; })'],
    ['restlet', 'define([], () => { const api = { post: () => 1 }; return { ...api }; })'],
    ['restlet', '(function (factory) { define([], factory); })(() => ({ post: () => 1 }))'],
    ['restlet', 'define([], function () { function inner() { return 1; } return { post: inner }; })'],
    ['mapreducescript', "define([], () => ({ config: {}, 'getInputData': () => [], reduce: () => 1 }))"],
  ])('of a %s, lets %j pass', (type, code) => {
    expect(entryPointFault(tagged('Restlet', code), type)).toBeUndefined();
  });

  it('are checked when a script is deployed, and so is @NModuleScope', async () => {
    const deploy = async (source: string): Promise<unknown> =>
      openDeployedAccount({ scripts: [{ scriptId: 'customscript_a', type: 'restlet', source }] }).catch(
        (error: unknown) => (error instanceof ScriptRefused ? [error.code, error.message] : error),
      );
    expect(await deploy(tagged('Restlet', 'define([], () => ({}))'))).toEqual([
      MUST,
      'SuiteScript 2.0 entry point scripts must implement one script type function.',
    ]);
    expect(await deploy(tagged('Restlet\n * @NModuleScope Everyone', 'define({ post: () => 1 })'))).toEqual([
      'INVALID_JSDOC_TAG_VALUE',
      'Invalid JSDoc tag value; valid values are: @NModuleScope [Public, SameAccount, TargetAccount]',
    ]);
  });
});

describe('JSDoc tags of a script file (chapter_4387175355)', () => {
  it.each([
    [
      'code before it',
      "var SEARCH;\n/**\n *@NApiVersion 2.x\n *@NScriptType Restlet\n */\ndefine(['N/search'], main);",
    ],
    ['a banner of stars', '/**/*****\n * @NApiVersion 2.x\n * @NScriptType Restlet\n */\ndefine({});'],
    [
      'its place inside the define',
      'define([], function () {\n/**\n * @NApiVersion 2.x\n * @NScriptType Restlet\n */\n});',
    ],
  ])('are read from a block with %s', (_, source) => {
    expect(readScriptHeader(source)).toMatchObject({ apiVersion: '2.x', scriptType: 'Restlet' });
  });

  it('are those of the first block that has them', () => {
    const second = '\n/**\n * @NApiVersion 2.0\n * @NScriptType Suitelet\n */';
    expect(readScriptHeader(tagged('Restlet', second))).toMatchObject({ apiVersion: '2.1', scriptType: 'Restlet' });
  });

  it('are none in comments of other kinds', () => {
    expect(readScriptHeader('/*\n * @NApiVersion 2.1\n */\n// @NScriptType Restlet\ndefine({});')).toMatchObject({
      apiVersion: undefined,
      scriptType: undefined,
    });
  });
});
