/** Require configuration as `@NAmdConfig` files and `require.config` give it (page section_4599733337, AMD's CommonConfig). */
export interface AmdConfig {
  /** Where names begin that are neither relative nor absolute. */
  baseUrl?: string;
  /** Name, or beginning of names, → path. */
  paths?: Record<string, string>;
  /** CommonJS packages: the name alone stands for `main`. */
  packages?: (string | { name: string; location?: string; main?: string })[];
  /** By the module that asks (`*`: any): name → other name. */
  map?: Record<string, Record<string, string>>;
  /** Libraries that call no `define`: what they need, and the global that they leave. */
  shim?: Record<string, string[] | { deps?: string[]; exports?: string }>;
  /** Folder of the file it was read from, with its last slash. */
  folder?: string;
}

const isRelative = (id: string): boolean => /^\.\.?\//.test(id);

/** File Cabinet paths that a module name may mean, likeliest first. `from` is the file that asks. */
export function candidatePaths(id: string, from: string, config: AmdConfig): string[] {
  if (isRelative(id)) return [joinPath(from, id)];
  if (id.startsWith('/')) return [id];
  const name = mapped(id, from, config);
  const located = locate(name, config);
  if (located !== name && isRelative(located)) return relativeTo(located, from, config);
  if (located.startsWith('/')) return [located];
  const { baseUrl } = config;
  const based = baseUrl === undefined ? [] : [joinPath(`/${baseUrl.replace(/^\/+|\/+$/g, '')}/`, `./${located}`)];
  return [...based, `/${located}`, `/SuiteScripts/${located}`];
}

/** No page tells what a relative path of a configuration is relative to without a `baseUrl`: its own folder, else that of the file that asks. */
function relativeTo(path: string, from: string, { baseUrl, folder }: AmdConfig): string[] {
  if (baseUrl !== undefined) return [joinPath(`/${baseUrl.replace(/^\/+|\/+$/g, '')}/`, path)];
  return [...(folder === undefined ? [] : [joinPath(folder, path)]), joinPath(from, path)];
}

/** The longest of the names that `id` is or begins with. */
function prefixOf(id: string, names: string[]): string | undefined {
  const found = names.filter((name) => id === name || id.startsWith(`${name}/`));
  return found.sort((a, b) => b.length - a.length)[0];
}

function mapped(id: string, from: string, { map = {} }: AmdConfig): string {
  const asking = Object.keys(map).filter((name) => name !== '*' && from.replace(/\.js$/, '').endsWith(`/${name}`));
  for (const names of [...asking.map((name) => map[name] ?? {}), map['*'] ?? {}]) {
    const prefix = prefixOf(id, Object.keys(names));
    if (prefix !== undefined) return `${names[prefix]}${id.slice(prefix.length)}`;
  }
  return id;
}

function locate(id: string, { paths = {}, packages = [] }: AmdConfig): string {
  const places: Record<string, string> = { ...paths };
  for (const each of packages) {
    const { name, location = name, main = 'main' } = typeof each === 'string' ? { name: each } : each;
    if (id === name) return `${location}/${main.replace(/^\.\//, '')}`;
    places[name] = location;
  }
  const prefix = prefixOf(id, Object.keys(places));
  return prefix === undefined ? id : `${places[prefix]}${id.slice(prefix.length)}`;
}

/** What a library without `define` needs, and the name of the global that is its module. */
export function shimOf(id: string, { shim = {} }: AmdConfig): { deps: string[]; exports?: string } {
  const found = shim[id];
  if (Array.isArray(found)) return { deps: found };
  return { deps: found?.deps ?? [], ...(found?.exports === undefined ? {} : { exports: found.exports }) };
}

export function joinPath(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
