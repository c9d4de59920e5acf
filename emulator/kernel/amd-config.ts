import { posix } from 'node:path';
import type { Account, ScriptFile } from './types';

const TAG = /\/\*\*(?:(?!\*\/)[\s\S])*@NAmdConfig[ \t]+([^\r\n]+)/;
const tags = new WeakMap<ScriptFile, string | null>();
const configs = new WeakMap<ScriptFile, object | null>();

/**
 * The loader's settings for a script whose header names a configuration file by `@NAmdConfig` (page section_4599733337). Paths may hold spaces:
 * those of bundles do. Null without the tag, or when the file is missing or no JSON. Asked at every start of a script, so all of it is kept.
 */
export function amdConfig(account: Account, path: string): object | null {
  const script = account.scripts.file(path);
  const named = script && remembered(tags, script, tagOf);
  if (!named) return null;
  const file = account.scripts.file(posix.resolve(posix.dirname(script.path), named));
  return file ? remembered(configs, file, read) : null;
}

function remembered<T>(known: WeakMap<ScriptFile, T>, file: ScriptFile, find: (file: ScriptFile) => T): T {
  const before = known.get(file);
  if (before !== undefined) return before;
  const found = find(file);
  known.set(file, found);
  return found;
}

const tagOf = ({ source }: ScriptFile): string | null => TAG.exec(source)?.[1]?.replace(/\s*(?:\*\/.*)?$/, '') ?? null;

function read(file: ScriptFile): object | null {
  try {
    return { ...(JSON.parse(file.source) as object), folder: `${posix.dirname(file.path)}/` };
  } catch {
    return null;
  }
}
