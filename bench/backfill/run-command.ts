import { spawn } from 'node:child_process';
import { findBuilt } from '../../demo/child-process';
import { watchMemory } from './watch-memory';

export interface CommandRun {
  code: number | null;
  /** The JSON it printed; null when it printed none. */
  answer: Record<string, unknown> | null;
  seconds: number;
  peakMb: number;
  told: string;
}

/** Runs a command of the built CLI as a person would, and looks how much memory it takes. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandRun> {
  const begun = performance.now();
  const child = spawn(process.execPath, [findBuilt('relay', 'cli.cjs'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const watch = watchMemory(child.pid ?? 0);
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told = `${told}${chunk.toString()}`.slice(-2_000)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  process.off('exit', kill);
  watch.stop();
  return { code, answer: parse(out), seconds: (performance.now() - begun) / 1000, peakMb: watch.peakMb(), told };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
