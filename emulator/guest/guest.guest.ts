/**
 * Evaluated once in each script's VM context. `__boot(host)` is called by the host, then `__run()` in an evaluation of its own (so that
 * microtasks run to their end). Both leave the global object before any script code runs, and with them the way to the host.
 */
import { adapterOf } from './adapters/index';
import type { AmdConfig } from './amd-names';
import { describeError } from './describe-error';
import { SuiteScriptError } from './errors';
import { Loader, type FileSource } from './loader';
import { factoryOf, MODULE_NAMES } from './modules/index';
import { refusedFactory, refusedModules } from './modules/refused';
import { applyVersion, defineLazyGlobal, prepareRealm } from './realm';
import type { Bridges, ExecutionInfo, Guest, Json } from './types';

interface Host extends FileSource {
  /** One syscall; JSON text in and out. */
  call: (name: string, args: string) => string;
  now: () => number;
  unitsLeft: () => number;
  /** The start message as JSON text. */
  start: () => string;
  /** Outcome and output as JSON texts; no output is `undefined`. */
  done: (outcome: string, output?: string) => void;
}

interface Start {
  path: string;
  amd?: AmdConfig;
  input: Json;
  info: ExecutionInfo;
}

type Fault = { name: string; message: string; details?: { cause?: unknown; userEvent?: string; json?: string } };

const { parse, stringify } = JSON;

/**
 * The host's functions, of which nothing but texts, numbers and functions of this realm comes back. What they throw is a stack overflow inside
 * the host's frames: by the constructor of that error a script could make code outside of its realm.
 */
function guarded<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    try {
      return work(...args);
    } catch {
      throw new RangeError('Maximum call stack size exceeded');
    }
  };
}

function guardHost(host: Host): Host {
  const resolve = guarded(host.resolve);
  return {
    call: guarded(host.call),
    now: guarded(host.now),
    unitsLeft: guarded(host.unitsLeft),
    // A path may be any object that a script puts into a list of dependencies.
    resolve: (path) => resolve(String(path)),
    compile: guarded(host.compile),
    json: guarded(host.json),
    start: guarded(host.start),
    done: guarded(host.done),
  };
}

function callHost(host: Host, name: string, args: object): unknown {
  const answer = parse(host.call(name, stringify(args))) as { ok?: unknown; fault?: Fault };
  if (answer.fault) throw faultToError(answer.fault);
  return answer.ok;
}

function faultToError({ name, message, details }: Fault): SuiteScriptError {
  return new SuiteScriptError({ name, message, ...(details ?? {}) });
}

function createGuest(host: Host, start: Start): { guest: Guest; loader: Loader } {
  const made = new Map<string, object>();
  const builtIn = (id: string): object => {
    const known = made.get(id);
    if (known) return known;
    const factory = id === 'N' ? allModules : (factoryOf(id) ?? refusedFactory(id));
    if (!factory) {
      throw new SuiteScriptError(
        { name: 'MODULE_DOES_NOT_EXIST', message: `Module does not exist: ${id}` },
        'error.SuiteScriptModuleLoaderError',
      );
    }
    const module = factory(guest);
    made.set(id, module);
    return module;
  };
  const loader = new Loader({ resolve: host.resolve, compile: host.compile, json: host.json }, builtIn);
  const bridges: Bridges = {};
  const guest: Guest = {
    info: start.info,
    path: start.path,
    syscall: <T>(name: string, args: object = {}) => callHost(host, name, args) as T,
    remainingUsage: host.unitsLeft,
    now: host.now,
    module: <T>(id: string) => builtIn(id) as T,
    load: (path) => loader.load(path, start.path),
    bridges,
  };
  return { guest, loader };
}

/** `require('N')`: every module under its name, made when it is read. */
function allModules(guest: Guest): object {
  const all = {};
  for (const id of [...MODULE_NAMES.trim().split(/\s+/), ...refusedModules()]) {
    Object.defineProperty(all, id.slice(2), { enumerable: true, get: () => guest.module<object>(id) });
  }
  return all;
}

async function execute(host: Host, start: Start): Promise<void> {
  let entryPoints: string[] = [];
  try {
    const { guest, loader } = createGuest(host, start);
    defineLazyGlobal('log', () => guest.module('N/log'));
    defineLazyGlobal('util', () => guest.module('N/util'));
    if (start.amd) loader.configure(start.amd);
    const script = (loader.load(start.path) ?? {}) as Record<string, (...args: unknown[]) => unknown>;
    entryPoints = Object.keys(script).filter((key) => typeof script[key] === 'function');
    const { scriptType, entry } = start.info;
    applyVersion(start.info.apiVersion);
    if (!entryPoints.includes(entry)) {
      host.done(stringify({ entryPoints, missing: true }));
      return;
    }
    const adapter = adapterOf(scriptType);
    if (!adapter)
      throw new SuiteScriptError({ name: 'EMULATOR_UNSUPPORTED', message: `Script type ${scriptType} can't be run.` });
    const output = await adapter({ script, entry, input: start.input }, guest);
    host.done(stringify({ entryPoints }), stringify(output));
  } catch (error) {
    host.done(stringify({ entryPoints, error: describeError(error) }));
  }
}

declare const globalThis: { __boot?: (host: Host) => void; __run?: () => void };

globalThis.__boot = (unguarded) => {
  delete globalThis.__boot;
  const host = guardHost(unguarded);
  prepareRealm(host.now);
  globalThis.__run = () => {
    delete globalThis.__run;
    void execute(host, parse(host.start()) as Start);
  };
};
