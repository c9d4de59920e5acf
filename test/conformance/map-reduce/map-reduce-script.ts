import type { AccountKernel } from '../../../emulator/kernel/account';
import type { ScriptSpec } from '../../../emulator/scripts/deploy-scripts';
import type { MapReduceReport } from '../../../emulator/scripts/map-reduce/report';
import { runScript } from '../../../emulator/scripts/run-script';

/** A Map/Reduce script out of its stages' code; `log` lines carry what a stage saw. */
export const mapReduce = (
  stages: Record<string, string>,
  options: Partial<ScriptSpec> & { config?: string; modules?: string[] } = {},
): ScriptSpec => {
  const modules = options.modules ?? ['N/runtime', 'N/file', 'N/cache'];
  const { config, modules: _modules, ...spec } = options;
  return {
    scriptId: 'customscript_mr',
    type: 'mapreduce',
    source: `/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(${JSON.stringify(modules)}, (${modules.map((m) => m.split('/').pop()).join(', ')}) => ({
  ${config ? `config: ${config},` : ''}
  ${Object.entries(stages)
    .map(([name, code]) => `${name}: (context) => { ${code} },`)
    .join('\n  ')}
}));`,
    ...spec,
  };
};

/** Runs `customscript_mr` to its end. */
export const runMapReduceScript = (account: AccountKernel): Promise<MapReduceReport> =>
  runScript(account, {
    scriptId: 'customscript_mr',
    deploymentId: 'customdeploy_mr',
    wait: true,
  }) as Promise<MapReduceReport>;

/** What N/log wrote under a title. */
export const loggedUnder = (account: AccountKernel, title: string): string[] =>
  (account.ledgers.list('log') as { title: string; details: string }[])
    .filter((line) => line.title === title)
    .map((line) => line.details);
