import type { Account, ScriptFile } from './types';

const TAG = /\/\*\*(?:(?!\*\/)[\s\S])*@NAmdConfig\s+(\S+)/;
const known = new WeakMap<ScriptFile, Record<string, string> | null>();

/**
 * Module aliases of a script whose header names a configuration file by `@NAmdConfig` (page bridgehead_4387808822): `paths` of that JSON file.
 * Null without the tag, or when the file is missing or no JSON.
 */
export function amdPaths(account: Account, path: string): Record<string, string> | null {
  const file = account.scripts.file(path);
  if (!file) return null;
  const found = known.get(file);
  if (found !== undefined) return found;
  const paths = readPaths(account, file);
  known.set(file, paths);
  return paths;
}

function readPaths(account: Account, file: ScriptFile): Record<string, string> | null {
  const named = TAG.exec(file.source)?.[1];
  if (named === undefined) return null;
  const absolute = new URL(named, `file://${file.path}`).pathname;
  const config = account.scripts.file(absolute);
  if (!config) return null;
  try {
    return (JSON.parse(config.source) as { paths?: Record<string, string> }).paths ?? null;
  } catch {
    return null;
  }
}
