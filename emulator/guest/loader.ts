import { candidatePaths, shimOf, type AmdConfig } from './amd-names';
import { SuiteScriptError } from './errors';

/**
 * What the loader needs from the host. `compile` answers the file as a function of this realm, or the text of its syntax error; with `exported`
 * that function answers the variable of this name. `json` is the text of a JSON file.
 */
export interface FileSource {
  resolve: (path: string) => string | undefined;
  compile: (path: string, exported?: string) => ((define: unknown, require: unknown) => unknown) | string;
  json: (path: string) => string | undefined;
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
  private config: AmdConfig = {};

  constructor(source: FileSource, builtIn: (id: string) => unknown) {
    this.source = source;
    this.builtIn = builtIn;
  }

  /** Adds the settings of an `@NAmdConfig` file, or those of `require.config`. */
  configure(config: AmdConfig): void {
    const { paths, map, shim, packages = [] } = this.config;
    this.config = {
      ...this.config,
      ...config,
      paths: { ...paths, ...config.paths },
      map: { ...map, ...config.map },
      shim: { ...shim, ...config.shim },
      packages: [...packages, ...(config.packages ?? [])],
    };
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
      this.evaluate(path, found, module);
    } catch (error) {
      this.loaded.delete(found);
      throw error;
    }
    return module.exports;
  }

  private find(path: string, from: string): string | undefined {
    for (const candidate of candidatePaths(path, from, this.config)) {
      const found = this.source.resolve(candidate);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private evaluate(id: string, path: string, module: Loaded): void {
    if (path.endsWith('.json')) {
      module.exports = parseJson(path, this.source.json(path));
      return;
    }
    const { deps, exports } = shimOf(id, this.config);
    for (const dep of deps) this.load(dep, path);
    const run = this.source.compile(path, exports);
    if (typeof run === 'string') throw loaderError('SYNTAX_ERROR', `${run} (${path})`);
    let definition: Definition | undefined;
    const define = (...args: unknown[]): void => {
      const given = parseDefine(args);
      definition ??= given;
    };
    define.amd = {};
    const exported = run(define, this.requireFrom(path));
    if (definition) this.instantiate(path, definition, module);
    else if (exports !== undefined) module.exports = exported;
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
    require.config = (options: AmdConfig): object => {
      this.configure(options);
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

function parseJson(path: string, text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch (error) {
    throw loaderError('SYNTAX_ERROR', `${String(error)} (${path})`);
  }
}
