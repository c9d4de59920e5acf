import vm from 'node:vm';
import { dropFormatCharacters } from '../host/drop-format-characters';
import type { Account, Deployment, Json, ScriptType } from '../kernel/types';
import { cabinet } from '../modules/cabinet';
import { storeFile } from '../sdf/deploy-project';
import { entryPointFault } from '../sdf/entry-points';
import { headerFault, readScriptHeader } from '../sdf/script-header';
import { SCRIPT_TYPES } from '../sdf/register/register-script';
import { DEPLOYMENT_DEFAULTS, type DeploymentDefinition, type ParameterDefinition, type Priority } from './definitions';
import { scheduler } from './scheduler';
import { scriptRegistry } from './script-registry';

/** One script of the control call `scripts`. */
export interface ScriptSpec {
  scriptId: string;
  name?: string;
  type: string;
  source?: string;
  path?: string;
  files?: { path: string; source: string }[];
  parameters?: { id: string; type?: string; default?: Json }[];
  deployments?: {
    deploymentId: string;
    title?: string;
    status?: string;
    isdeployed?: boolean;
    recordType?: string;
    loglevel?: string;
    parameters?: Record<string, Json>;
    runAs?: string | number;
    eventTypes?: string[];
    executionContexts?: string[];
    concurrencyLimit?: number;
    bufferSize?: number;
    yieldAfterMinutes?: number;
    /** `HIGH`, `STANDARD` (default) or `LOW`. */
    priority?: string;
  }[];
}

export interface DeployedScript {
  scriptId: string;
  internalId: string;
  deployments: { deploymentId: string; internalId: string; url?: string }[];
}

/** A script that NetSuite would refuse to upload or to make a script record of (page section_4503568059). */
export class ScriptRefused extends Error {
  override readonly name = 'ScriptRefused' as const;
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const OBJECT_TYPE = Object.fromEntries(Object.entries(SCRIPT_TYPES).map(([object, type]) => [type, object]));

/**
 * Deploys scripts beside the project: stores their files, makes script and deployment records. All or none.
 * @throws ScriptRefused
 */
export function deployScripts(account: Account, specs: ScriptSpec[]): DeployedScript[] {
  const restore = scriptRegistry(account).snapshot();
  try {
    return account.store.transaction(() => specs.map((spec) => deployScript(account, spec)));
  } catch (error) {
    // The records are gone again; what the registry and the cabinet hold of them would name others.
    restore();
    cabinet(account).forget();
    throw error;
  } finally {
    scheduler(account).plan();
  }
}

function deployScript(account: Account, spec: ScriptSpec): DeployedScript {
  const type = spec.type.toLowerCase() as ScriptType;
  const objectType = OBJECT_TYPE[type];
  if (!objectType)
    throw new ScriptRefused(
      'INVALID_SCRIPT_TYPE',
      `Scripts of type ${spec.type} don't run in this emulator. Types: ${Object.keys(OBJECT_TYPE).join(', ')}.`,
    );
  const path = cabinetPath(spec.path ?? `SuiteScripts/${spec.scriptId}.js`);
  for (const file of spec.files ?? []) storeSource(account, cabinetPath(file.path), file.source);
  if (spec.source !== undefined) storeSource(account, path, spec.source);
  checkSource(account, path, objectType);
  const scriptId = spec.scriptId.toLowerCase();
  const made = scriptRegistry(account).register({
    scriptId,
    name: spec.name ?? spec.scriptId,
    description: '',
    type,
    path,
    inactive: false,
    parameters: parametersOf(spec),
    deployments: (spec.deployments ?? [{ deploymentId: scriptId.replace(/^customscript/, 'customdeploy') }]).map((d) =>
      deploymentOf(type, d),
    ),
  });
  return {
    scriptId,
    internalId: made.internalId,
    deployments: made.deployments.map((d, index) => ({
      ...d,
      ...(type === 'restlet' || type === 'suitelet' ? { url: urlOf(type, made.internalId, index + 1) } : {}),
    })),
  };
}

/** Those that are declared, and as free text (or a check box) those that only a deployment names. */
function parametersOf({ parameters = [], deployments = [] }: ScriptSpec): ParameterDefinition[] {
  const declared = new Set(parameters.map(({ id }) => id.toLowerCase()));
  const named = new Map(deployments.flatMap((d) => Object.entries(d.parameters ?? {})));
  const implied = [...named]
    .filter(([id]) => !declared.has(id.toLowerCase()))
    .map(([id, value]) => ({ id, type: typeof value === 'boolean' ? 'CHECKBOX' : 'TEXT' }));
  return [...parameters, ...implied].map((p) => ({
    id: p.id.toLowerCase(),
    type: (p.type ?? 'TEXT').toUpperCase(),
    label: p.id,
    default: 'default' in p && p.default !== undefined && p.default !== null ? textOf(p.default) : null,
  }));
}

const textOf = (value: Json): string =>
  typeof value === 'boolean' ? (value ? 'T' : 'F') : typeof value === 'object' ? JSON.stringify(value) : String(value);

const cabinetPath = (path: string): string => `/${path.replace(/^\/+/, '')}`;

const storeSource = (account: Account, path: string, source: string): void =>
  storeFile(account, path, Buffer.from(source, 'utf8'));

const urlOf = (type: string, script: string, deploy: number): string =>
  `/app/site/hosting/${type === 'restlet' ? 'restlet' : 'scriptlet'}.nl?script=${script}&deploy=${deploy}`;

function checkSource(account: Account, path: string, objectType: string): void {
  const file = scriptRegistry(account).file(path);
  if (!file) throw new ScriptRefused('FAILED_TO_VALIDATE_SCRIPT_FILE', `Failed to validate script file: ${path}`);
  const refused = headerFault(file.source, objectType) ?? entryPointFault(file.source, objectType);
  if (refused) throw new ScriptRefused(refused.code, refused.message);
  try {
    const old = readScriptHeader(file.source).apiVersion !== '2.1';
    new vm.Script(old ? dropFormatCharacters(file.source) : file.source, { filename: path });
  } catch (error) {
    throw new ScriptRefused(
      'SYNTAX_ERROR',
      `Syntax error: ${error instanceof Error ? error.message : String(error)} (${path})`,
    );
  }
}

type GivenDeployment = NonNullable<ScriptSpec['deployments']>[number];

function deploymentOf(type: ScriptType, given: GivenDeployment): DeploymentDefinition {
  const idle = type === 'mapreduce' || type === 'scheduled' ? 'NOTSCHEDULED' : 'RELEASED';
  const status = (given.status ?? idle).toUpperCase().replace(/[\s_]/g, '');
  return {
    ...DEPLOYMENT_DEFAULTS,
    deploymentId: given.deploymentId.toLowerCase(),
    title: given.title ?? '',
    status: status as Deployment['status'],
    deployed: given.isdeployed ?? true,
    recordType:
      given.recordType === undefined || /^(record|all)$/i.test(given.recordType)
        ? null
        : given.recordType.toLowerCase(),
    logLevel: (given.loglevel ?? 'DEBUG').toUpperCase() as Deployment['logLevel'],
    parameters: Object.fromEntries(
      Object.entries(given.parameters ?? {}).map(([id, value]) => [id.toLowerCase(), value]),
    ),
    runAs: given.runAs === undefined ? null : String(given.runAs),
    eventTypes: given.eventTypes?.map((t) => t.toLowerCase()) ?? null,
    executionContexts: given.executionContexts?.map((t) => t.toUpperCase()) ?? null,
    concurrencyLimit: given.concurrencyLimit ?? DEPLOYMENT_DEFAULTS.concurrencyLimit,
    bufferSize: given.bufferSize ?? DEPLOYMENT_DEFAULTS.bufferSize,
    yieldAfterMinutes: given.yieldAfterMinutes ?? DEPLOYMENT_DEFAULTS.yieldAfterMinutes,
    priority: (given.priority?.toUpperCase() ?? DEPLOYMENT_DEFAULTS.priority) as Priority,
  };
}
