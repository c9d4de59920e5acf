import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { checkReferences } from './check-references';
import { checkSafety } from './check-safety';
import { ConfigError } from './config-error';
import type { ConfigIssue } from './config-error';
import { explainConfigIssues } from './explain-config-issues';
import { machineSources, resolveValues } from './resolve-values';
import type { ValueSources } from './resolve-values';
import { configSchema } from './schema';
import type { RelayConfig } from './schema';

/** Names tried in the working folder when no file is given. */
export const DEFAULT_FILES = ['suiterelay.yaml', 'suiterelay.yml', 'suiterelay.json'] as const;

/** Reads, resolves and checks a configuration file. Relative paths in it are taken from its own folder. Throws `ConfigError`. */
export function loadConfig(file: string): RelayConfig {
  const absolute = path.resolve(file);
  let text: string;
  try {
    text = readFileSync(absolute, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(file, [{ path: '', message: `can't be read: ${reason}` }]);
  }
  return parseConfig(text, file, machineSources(path.dirname(absolute)), path.dirname(absolute));
}

/** The same from a text. `folder` is what relative file names are relative to. */
export function parseConfig(text: string, file: string, sources: ValueSources, folder: string): RelayConfig {
  const issues: ConfigIssue[] = [];
  const raw = parseText(text, file);
  const resolved = resolveValues(raw, sources, issues);
  if (issues.length > 0) throw new ConfigError(file, issues);
  const parsed = configSchema.safeParse(resolved);
  if (!parsed.success) throw new ConfigError(file, explainConfigIssues(parsed.error.issues));
  const config = absolutePaths(parsed.data, folder);
  const found = [...checkReferences(config), ...checkSafety(config)];
  if (found.length > 0) throw new ConfigError(file, found);
  return config;
}

function parseText(text: string, file: string): unknown {
  try {
    // YAML 1.2 holds JSON too, but JSON's own parser names the position of a slip better.
    return file.endsWith('.json') ? (JSON.parse(text) as unknown) : (parseYaml(text) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(file, [
      { path: '', message: `is not valid ${file.endsWith('.json') ? 'JSON' : 'YAML'}: ${reason}` },
    ]);
  }
}

function absolutePaths(config: RelayConfig, folder: string): RelayConfig {
  const at = (name: string) => path.resolve(folder, name);
  const { tls } = config.listen;
  return {
    ...config,
    listen: { ...config.listen, ...(tls ? { tls: { certFile: at(tls.certFile), keyFile: at(tls.keyFile) } } : {}) },
    store: config.store.path === undefined ? config.store : { ...config.store, path: at(config.store.path) },
    netsuite: config.netsuite.map((netsuite) =>
      netsuite.auth.type === 'oauth2'
        ? { ...netsuite, auth: { ...netsuite.auth, ...absoluteKeyFiles(netsuite.auth, at) } }
        : netsuite,
    ),
    ...withAbsoluteFlowFiles(config, folder),
    crm: config.crm.map((crm) => {
      const { auth } = crm as { auth?: KeyFiles };
      return auth === undefined ? crm : { ...crm, auth: { ...auth, ...absoluteKeyFiles(auth, at) } };
    }),
    sources: config.sources.map((source) =>
      source.jwt?.jwksFile === undefined
        ? source
        : { ...source, jwt: { ...source.jwt, jwksFile: at(source.jwt.jwksFile) } },
    ),
  };
}

interface KeyFiles {
  privateKeyFile?: string | undefined;
  certificateFile?: string | undefined;
}

const absoluteKeyFiles = ({ privateKeyFile, certificateFile }: KeyFiles, at: (name: string) => string) => ({
  ...(privateKeyFile === undefined ? {} : { privateKeyFile: at(privateKeyFile) }),
  ...(certificateFile === undefined ? {} : { certificateFile: at(certificateFile) }),
});

const isFile = (flow: RelayConfig['flows'][number]): flow is { file: string } =>
  typeof flow === 'object' && 'file' in flow && Object.keys(flow).length === 1;

const isOverlay = (flow: RelayConfig['flows'][number]): flow is { overlay: string } =>
  typeof flow === 'object' && 'overlay' in flow && Object.keys(flow).length === 1;

/** File names of flows, overlays and transforms, taken from the configuration's own folder. */
export function withAbsoluteFlowFiles(
  { flows, transforms }: Pick<RelayConfig, 'flows' | 'transforms'>,
  folder: string,
): Pick<RelayConfig, 'flows' | 'transforms'> {
  const at = (name: string) => path.resolve(folder, name);
  return {
    flows: flows.map((flow) =>
      isFile(flow) ? { file: at(flow.file) } : isOverlay(flow) ? { overlay: at(flow.overlay) } : flow,
    ),
    transforms: transforms.map(({ file }) => ({ file: at(file) })),
  };
}
