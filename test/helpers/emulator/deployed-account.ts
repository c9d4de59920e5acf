import { createAccount, type AccountKernel } from '../../../emulator/kernel/account';
import { SCRIPT_LIMITS } from '../../../emulator/kernel/governance';
import { PARTS } from '../../../emulator/kernel/parts';
import type { Json, RunResult, Settings, User } from '../../../emulator/kernel/types';
import { deployScripts, type ScriptSpec } from '../../../emulator/scripts/deploy-scripts';
import { addObjects } from '../../../emulator/sdf/deploy-project';

export interface DeployedFixture {
  config?: Partial<Settings>;
  objects?: string[];
  scripts?: ScriptSpec[];
}

export const ADMINISTRATOR: User = { entity: -5, role: 3 };

/** An account with all its parts, extra objects and scripts deployed through the real registry. Close it. */
export async function openDeployedAccount({
  config = {},
  objects = [],
  scripts = [],
}: DeployedFixture): Promise<AccountKernel> {
  const account = await createAccount(config, PARTS);
  try {
    addObjects(account, objects);
    deployScripts(account, scripts);
    return account;
  } catch (error) {
    await account.close();
    throw error;
  }
}

/** A RESTlet `post` with the given body of code: `args` is the request, its return value the answer. */
export const restletSpec = (name: string, modules: string[], code: string): ScriptSpec => ({
  scriptId: `customscript_${name}`,
  type: 'restlet',
  source: `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(${JSON.stringify(modules)}, (${modules.map((m) => m.split('/').slice(1).join('_')).join(', ')}) => ({ post: (args) => { ${code} } }));`,
});

/** Runs a RESTlet as a user and answers the parsed body beside the result. */
export async function postTo(
  account: AccountKernel,
  name: string,
  argument: Json = {},
  user: User = ADMINISTRATOR,
): Promise<RunResult & { body: unknown }> {
  const { units, ms } = SCRIPT_LIMITS.restlet;
  const result = await account.run({
    scriptId: `customscript_${name}`,
    deploymentId: `customdeploy_${name}`,
    type: 'restlet',
    entry: 'post',
    input: { argument, format: 'json' },
    user,
    context: 'RESTLET',
    unitsLimit: units,
    virtualMsLimit: ms,
  });
  const content = (result.output as { content?: string } | undefined)?.content;
  return { ...result, body: content ? JSON.parse(content) : undefined };
}
