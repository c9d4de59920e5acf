import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Started {
  /** The JSON of its ready line. */
  ready: Record<string, unknown>;
  child: ChildProcess;
  /** SIGTERM, then SIGKILL when it does not end within `patienceMs`. */
  stop: (patienceMs?: number) => Promise<void>;
}

export class StartError extends Error {}

const READY_MS = 60_000;
/** Lines of a log that are told when its program did not come up. */
const LAST_LINES = 5;

/** A built program beside this one, or under the repository's `build`. */
export function findBuilt(folder: string, file: string): string {
  const candidates = [path.join(__dirname, '..', folder, file), path.join(__dirname, '..', 'build', folder, file)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new StartError(`build/${folder}/${file} is missing: run npm run build`);
  return found;
}

/** Node's own arguments for a child that ends with its starter, however that ends; it finds the pipe at descriptor 3. */
export function leashArgs(): string[] {
  // Beside this file, or in the repository of the bundle.
  const files = [path.join(__dirname, 'leash.cjs'), path.join(__dirname, '../../demo/leash.cjs')];
  return ['--require', files.find((file) => existsSync(file)) ?? files[0]!];
}

/**
 * Starts a program that says with one line of JSON that it is up. What it logs goes to `logFile`. It ends with this process, also after
 * SIGKILL: left alone it would hold the data folder against the next start.
 */
export function startProgram(name: string, script: string, args: readonly string[], logFile: string): Promise<Started> {
  const log = openSync(logFile, 'a');
  const from = fstatSync(log).size;
  const child = spawn(process.execPath, [...leashArgs(), script, ...args], { stdio: ['ignore', 'pipe', log, 'pipe'] });
  const end = (): void => void child.kill('SIGKILL');
  const { stdout } = child;
  process.once('exit', end);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void exited.then(() => process.off('exit', end));
  const stop = async (patienceMs = 30_000): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(end, patienceMs);
    await exited;
    clearTimeout(timer);
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(new StartError(`${name} was not up within ${READY_MS / 1000} s; its log is ${logFile}`));
    }, READY_MS);
    if (stdout === null) throw new StartError(`${name} has no output`);
    createInterface({ input: stdout }).on('line', (line) => {
      const ready = readyLine(line);
      if (!ready) return;
      clearTimeout(timer);
      resolve({ ready, child, stop });
    });
    void exited.then(() => {
      clearTimeout(timer);
      reject(new StartError(`${name} ended before it was up; its log is ${logFile}\n${lastWords(logFile, from)}`));
    });
  });
}

/** What it said last: its log may go with the folder of this run. */
const lastWords = (logFile: string, from: number): string =>
  readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n').slice(-LAST_LINES).join('\n');

function readyLine(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'ready' in parsed ? parsed : null;
  } catch {
    return null;
  }
}
