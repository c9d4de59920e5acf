import { SuiteScriptError } from './errors';

/** What the loader needs from the host. `compile` answers the file as a function of this realm, or the text of its syntax error. */
export interface FileSource {
  resolve: (path: string) => string | undefined;
  compile: (path: string) => ((define: unknown, require: unknown) => void) | string;
}

type Factory = (...dependencies: unknown[]) => unknown;
interface Definition {
  dependencies: string[] | null;
  factory: unknown;
}
interface Loaded {
  exports: unknown;
}

const loaderError = (name: string, message: string): SuiteScriptError =>
  new SuiteScriptError({ name, message }, 'error.SuiteScriptModuleLoaderError');

const missing = (path: string): SuiteScriptError =>
  loaderError('MODULE_DOES_NOT_EXIST', `Module does not exist: ${path}`);

/**
 * AMD as NetSuite has it (pages section_4430292527, section_4387811519): synchronous on the server; `N/…` built in, `/SuiteScripts/…` absolute,
 * `./x` relative to the file that asks, extension optional.
 */
export class Loader {
  private readonly loaded = new Map<string, Loaded>();
  private readonly source: FileSource;
  private readonly builtIn: (id: string) => unknown;
  private paths: Record<string, string> = {};

  constructor(source: FileSource, builtIn: (id: string) => unknown) {
    this.source = source;
    this.builtIn = builtIn;
  }

  /** Aliases of an `@NAmdConfig` file. */
  configure(paths: Record<string, string>): void {
    this.paths = paths;
  }

  load(path: string, from = '/SuiteScripts/'): unknown {
    if (/^N(\/|$)/.test(path)) return this.builtIn(path);
    const found = this.find(path, from);
    if (found === undefined) throw missing(path);
    const known = this.loaded.get(found);
    if (known) return known.exports;
    const module: Loaded = { exports: {} };
    this.loaded.set(found, module);
    try {
      this.evaluate(found, module);
    } catch (error) {
      this.loaded.delete(found);
      throw error;
    }
    return module.exports;
  }

  private find(path: string, from: string): string | undefined {
    const aliased = this.paths[path] ?? path;
    if (/^\.\.?\//.test(aliased)) return this.source.resolve(join(from, aliased));
    if (aliased.startsWith('/')) return this.source.resolve(aliased);
    return this.source.resolve(`/${aliased}`) ?? this.source.resolve(`/SuiteScripts/${aliased}`);
  }

  private evaluate(path: string, module: Loaded): void {
    const run = this.source.compile(path);
    if (typeof run === 'string') throw loaderError('SYNTAX_ERROR', `${run} (${path})`);
    let definition: Definition | undefined;
    const define = (...args: unknown[]): void => {
      const given = parseDefine(args);
      definition ??= given;
    };
    define.amd = {};
    run(define, this.requireFrom(path));
    if (definition) this.instantiate(path, definition, module);
  }

  private instantiate(path: string, { dependencies, factory }: Definition, module: Loaded): void {
    if (typeof factory !== 'function') {
      module.exports = factory;
      return;
    }
    const special: Record<string, unknown> = { require: this.requireFrom(path), exports: module.exports, module };
    const wanted = dependencies ?? ['require', 'exports', 'module'].slice(0, Math.max(factory.length, 1));
    const values = wanted.map((id) => (Object.hasOwn(special, id) ? special[id] : this.load(id, path)));
    const returned = (factory as Factory)(...values);
    if (returned !== undefined) module.exports = returned;
  }

  private requireFrom(path: string): object {
    const require = (ids: unknown, callback?: unknown): unknown => {
      if (typeof ids === 'string') return this.load(ids, path);
      if (!Array.isArray(ids)) throw missing(String(ids));
      const values = (ids as string[]).map((id) => this.load(id, path));
      return typeof callback === 'function' ? (callback as Factory)(...values) : undefined;
    };
    require.config = (options: { paths?: Record<string, string> }): object => {
      this.paths = { ...this.paths, ...options.paths };
      return require;
    };
    return require;
  }
}

/** `define(factory)`, `define(object)`, `define(deps, factory)`, `define(id, deps, factory)`, `define(id, factory)`. */
function parseDefine(args: unknown[]): Definition {
  const rest = typeof args[0] === 'string' ? args.slice(1) : args;
  const [first, second] = rest;
  return Array.isArray(first) && rest.length > 1
    ? { dependencies: first as string[], factory: second }
    : { dependencies: null, factory: first };
}

function join(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
