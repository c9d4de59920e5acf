import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { answerPureCall } from './answer-pure-call';
import { HostFault, type Channel } from './channel';
import type { Garbage } from './garbage';
import type { Launch, Outcome, Reply } from './protocol';
import type { FileLookup, ScriptCache } from './script-cache';

/** One execution in this thread. A frame that waits in `record.save` may have User Event frames above it. */
export interface Frame {
  executionId: string;
  launch: Launch;
  unitsLeft: number;
  virtualMs: number;
  startedReal: number;
  /** Account and host agree that it is over: all its calls answer the same fault. */
  dead: boolean;
}

/** Calls that the host itself takes before the account sees them (saves with User Events). `args` is the JSON text of an object. */
export type Choreography = (frame: Frame, args: string) => unknown;

export interface FrameEnvironment {
  channel: Channel;
  scripts: ScriptCache;
  garbage: Garbage;
  choreographies: Map<string, Choreography>;
}

export interface Ran {
  /** Without its output, which comes beside it. */
  outcome: Outcome;
  /** JSON text of what the entry point's adapter answered. */
  output?: string | undefined;
  /** A limit ended it, whatever its outcome says. */
  dead: boolean;
}

const UNSETTLED: Outcome = {
  error: { name: 'UNEXPECTED_ERROR', message: 'The entry point returned a promise that never settles.' },
};

const RUN = new vm.Script('__run()');
let guestScript: vm.Script | undefined;

/** Compiles the guest once for the thread. */
export function loadGuest(file: string): void {
  guestScript = new vm.Script(readFileSync(file, 'utf8'), { filename: 'netsuite:guest' });
}

export function openFrame(launch: Launch): Frame {
  return {
    executionId: launch.executionId,
    launch,
    unitsLeft: launch.unitsLeft,
    virtualMs: 0,
    startedReal: performance.now(),
    dead: false,
  };
}

/** Runs one entry point in a context of its own, to the end of its microtasks. `input` is JSON text. */
export function runFrame(environment: FrameEnvironment, launch: Launch, input: string): Ran {
  const frame = openFrame(launch);
  environment.scripts.startEpoch(launch.epoch);
  let outcome: Outcome | undefined;
  let output: string | undefined;
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  }) as vm.Context & { __boot: (host: object) => void };
  guestScript?.runInContext(context);
  const files = lookup(environment, frame);
  context.__boot({
    ...meters(frame),
    call: (name: string, args: string) => callFrom(environment, frame, name, args),
    resolve: (path: string) => quietly(() => environment.scripts.resolve(path, files)?.path),
    compile: (path: string, exported?: string) =>
      quietly(() => instantiate(environment.scripts.compile(path, files, versionOf(launch), exported), context)) ??
      'File not found',
    json: (path: string) => quietly(() => files.source(path)),
    start: () => withMember(JSON.stringify({ path: launch.path, amd: launch.amd, info: launch.info }), 'input', input),
    done: (text: string, answered: string | undefined) => {
      outcome = JSON.parse(text) as Outcome;
      output = answered;
    },
  });
  RUN.runInContext(context);
  environment.garbage.executionEnded();
  return { outcome: outcome ?? UNSETTLED, output, dead: frame.dead };
}

/** The text of a JSON object that is not empty, with one more member, whose value is text already. It wins over one of the same name. */
export const withMember = (object: string, name: string, value: string): string =>
  `${object.slice(0, -1)},"${name}":${value}}`;

/** Units and time as the frame knows them from the last answer, plus the real time that the script's own code took. */
const meters = (frame: Frame) => ({
  now: () => frame.launch.now + frame.virtualMs + (performance.now() - frame.startedReal),
  unitsLeft: () => frame.unitsLeft,
});

const versionOf = ({ info }: Launch): '2.0' | '2.1' => (info.apiVersion === '2.0' ? '2.0' : '2.1');

function instantiate(script: vm.Script | string, context: vm.Context): unknown {
  return typeof script === 'string' ? script : (script.runInContext(context) as unknown);
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const lookup = ({ channel }: FrameEnvironment, frame: Frame): FileLookup => ({
  resolve: (path) => channel.ask(frame.executionId, 'host.resolve', { path }),
  source: (path) => channel.ask(frame.executionId, 'host.source', { path }),
});

/** One syscall of the script. Answers JSON text in any case: no host error object may reach the script. */
function callFrom(environment: FrameEnvironment, frame: Frame, name: string, args: string): string {
  const choreography = environment.choreographies.get(name);
  if (name === 'record.meta') return metadata(environment, frame, args);
  try {
    const pure = frame.dead ? undefined : answerPureCall(name, args);
    if (pure !== undefined) return pure;
    if (!choreography) return ask(environment, frame, name, args);
    return JSON.stringify({ ok: choreography(frame, args) ?? null });
  } catch (error) {
    if (error instanceof HostFault) return JSON.stringify({ fault: error.fault });
    return JSON.stringify({ fault: { name: 'UNEXPECTED_ERROR', message: `emulator: ${String(error)}` } });
  }
}

function metadata(environment: FrameEnvironment, frame: Frame, args: string): string {
  const known = environment.scripts.metadata.get(args);
  if (known !== undefined) return known;
  const text = ask(environment, frame, 'record.meta', args);
  if (text.startsWith('{"ok"')) environment.scripts.metadata.set(args, text);
  return text;
}

export function ask(environment: FrameEnvironment, frame: Frame, name: string, args: string): string {
  return call(environment, frame, name, args).text;
}

function call({ channel }: FrameEnvironment, frame: Frame, name: string, args: string): Reply {
  const reply = channel.call(frame.executionId, name, args);
  frame.unitsLeft = reply.unitsLeft;
  frame.virtualMs = reply.virtualMs;
  frame.dead = reply.dead;
  return reply;
}

/** The same for the host's own choreographies: values instead of text, a HostFault for a refusal. */
export function askFor<T>(environment: FrameEnvironment, frame: Frame, name: string, args: object): T {
  return askForRecords<T>(environment, frame, name, JSON.stringify(args)).value;
}

/** An answer with the records that came beside it as texts; the arguments are text as well. */
export function askForRecords<T>(
  environment: FrameEnvironment,
  frame: Frame,
  name: string,
  args: string,
): { value: T; records: Record<string, string> } {
  const { text, records = {} } = call(environment, frame, name, args);
  const answer = JSON.parse(text) as { ok?: T; fault?: HostFault['fault'] };
  if (answer.fault) throw new HostFault(answer.fault);
  return { value: answer.ok as T, records };
}
