import { execFileSync, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Figures } from './measure-subject';

const ROOT = path.resolve(__dirname, '../..');

export interface Server {
  url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own for the time of a benchmark. */
export async function startServer(env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const child = spawn(process.execPath, [path.join(ROOT, 'test/helpers/postgres-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${String(code)}.`)));
  });
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await gone;
    },
  };
}

/** Preloaded, it makes every flush of a process take 2 ms longer; null where no C compiler can make it. */
export function makeSlowDisk(folder: string): string | null {
  if (process.platform !== 'linux' || spawnSync('cc', ['--version']).status !== 0) return null;
  const library = path.join(folder, 'slow-fsync.so');
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, path.join(ROOT, 'bench/store/slow-fsync.c'), '-ldl']);
  return library;
}

/** The embedded store with one caller beside bare inserts, in a process of its own whose disk is slow. */
export function measureOnSlowDisk(library: string, folder: string, seconds: number): Figures {
  const program = path.resolve(__dirname, 'slow-embedded.cjs');
  const env = { ...process.env, LD_PRELOAD: library };
  return JSON.parse(
    execFileSync(process.execPath, [program, folder, String(seconds)], { env, encoding: 'utf8' }),
  ) as Figures;
}
