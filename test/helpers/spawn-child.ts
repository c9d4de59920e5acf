import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';

export interface ChildOptions {
  /** Default: what it says on stderr is shown with the test's own output. */
  stderr?: 'inherit' | 'pipe' | 'ignore';
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** The repository's folder, for callers that run from a bundle. */
  root?: string;
}

export type LeashedChild = ChildProcess & { stdout: Readable };
type Heard = LeashedChild & { stderr: Readable };

const ROOT = path.resolve(__dirname, '../..');

/**
 * Starts a Node program that ends with this process, however that ends (`leash.cjs`), and with the test file that started it, whether or not the
 * file stopped it: `environment.cjs` finds it in the global scope. Its stdout is a pipe.
 */
export function spawnChild(args: readonly string[], options: ChildOptions & { stderr: 'pipe' }): Heard;
export function spawnChild(args: readonly string[], options?: ChildOptions): LeashedChild;
export function spawnChild(args: readonly string[], options: ChildOptions = {}): LeashedChild {
  const { stderr = 'inherit', env = process.env, cwd, root = ROOT } = options;
  const child = spawn(process.execPath, [...leashArgs(root), ...args], {
    stdio: ['ignore', 'pipe', stderr, 'pipe'],
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  endWithTestFile(child);
  return child as LeashedChild;
}

/** `environment.cjs` ends the child when the test file is over, unless it has ended before. */
export function endWithTestFile(child: ChildProcess): void {
  const scope: { suiterelayChildren?: Set<ChildProcess> } = globalThis as object;
  const running = (scope.suiterelayChildren ??= new Set());
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Node's own arguments for a child that is to end with its starter; it finds the pipe at descriptor 3. */
export const leashArgs = (root = ROOT): string[] => ['--require', path.join(root, 'demo/leash.cjs')];
