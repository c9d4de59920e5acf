import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
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

/** A built program beside this one, or under the repository's `build`. */
export function findBuilt(folder: string, file: string): string {
  const candidates = [path.join(__dirname, '..', folder, file), path.join(__dirname, '..', 'build', folder, file)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new StartError(`build/${folder}/${file} is missing: run npm run build`);
  return found;
}

/**
 * Starts a program that says with one line of JSON that it is up. What it logs goes to `logFile`; `nodeArgs` are Node's own. Descriptor 3
 * is a pipe that closes when this process ends, for a program that wants to know.
 */
export function startProgram(
  name: string,
  script: string,
  args: readonly string[],
  logFile: string,
  nodeArgs: readonly string[] = [],
): Promise<Started> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], { stdio: ['ignore', 'pipe', log, 'pipe'] });
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
      reject(new StartError(`${name} ended before it was up; its log is ${logFile}`));
    });
  });
}

function readyLine(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'ready' in parsed ? parsed : null;
  } catch {
    return null;
  }
}
