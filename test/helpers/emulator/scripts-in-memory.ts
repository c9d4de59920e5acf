import { createHash } from 'node:crypto';
import { createAccount, type AccountKernel } from '../../../emulator/kernel/account';
import { SCRIPT_LIMITS } from '../../../emulator/kernel/governance';
import { PARTS } from '../../../emulator/kernel/parts';
import type { Deployment, Json, Part, RunResult, Scripts, Settings } from '../../../emulator/kernel/types';

export interface ScriptFixture {
  /** Defaults to `restlet`. */
  type?: Deployment['type'];
  source: string;
  path?: string;
  recordType?: string;
  runAsRole?: number;
  eventTypes?: string[];
  executionContexts?: string[];
}

/** Scripts by name: `upsert` becomes `customscript_upsert`, `customdeploy_upsert`. Other files by their File Cabinet path. */
export interface Fixture {
  scripts: Record<string, ScriptFixture>;
  files?: Record<string, string>;
  config?: Partial<Settings>;
  parts?: Part[];
}

export async function openAccount({ scripts, files = {}, config = {}, parts = [] }: Fixture): Promise<AccountKernel> {
  const sources = new Map(Object.entries(files));
  const deployments = Object.entries(scripts).map(([name, script], index) =>
    deploymentOf(name, script, index, sources),
  );
  const inMemory: Part = {
    name: 'scripts-in-memory',
    syscalls: {},
    services: () => ({ scripts: scriptsOf(deployments, sources) }),
  };
  return createAccount(config, [...PARTS, ...parts, inMemory]);
}

function deploymentOf(name: string, script: ScriptFixture, index: number, sources: Map<string, string>): Deployment {
  const path = script.path ?? `/SuiteScripts/${name}.js`;
  sources.set(path, script.source);
  return {
    scriptId: `customscript_${name}`,
    deploymentId: `customdeploy_${name}`,
    scriptInternalId: String(100 + index),
    deploymentInternalId: '1',
    type: script.type ?? 'restlet',
    name,
    title: name,
    path,
    apiVersion: '2.1',
    status: 'RELEASED',
    deployed: true,
    logLevel: 'DEBUG',
    parameters: {},
    runAsRole: script.runAsRole ?? null,
    recordType: script.recordType ?? null,
    eventTypes: script.eventTypes ?? null,
    executionContexts: script.executionContexts ?? null,
  };
}

const scriptsOf = (deployments: Deployment[], sources: Map<string, string>): Scripts => ({
  epoch: 1,
  find: (script, deployment) =>
    deployments.find((each) => each.scriptId === script && each.deploymentId === deployment),
  userEvents: (type) => deployments.filter((each) => each.type === 'userevent' && (each.recordType ?? type) === type),
  file: (path) => {
    const source = sources.get(path);
    if (source === undefined) return undefined;
    return { path, source, hash: createHash('sha256').update(source).digest('hex') };
  },
});

/** Calls a RESTlet's entry point as the administrator and answers the result with the output parsed. */
export async function callRestlet(
  account: AccountKernel,
  name: string,
  argument: Json = {},
  entry = 'post',
): Promise<RunResult & { body: unknown }> {
  const { units, ms } = SCRIPT_LIMITS.restlet;
  const result = await account.run({
    scriptId: `customscript_${name}`,
    deploymentId: `customdeploy_${name}`,
    type: 'restlet',
    entry,
    input: { argument, format: 'json' },
    user: { entity: -5, role: 3 },
    context: 'RESTLET',
    unitsLimit: units,
    virtualMsLimit: ms,
  });
  const content = (result.output as { content?: string } | undefined)?.content;
  return { ...result, body: content === undefined || content === '' ? undefined : JSON.parse(content) };
}
