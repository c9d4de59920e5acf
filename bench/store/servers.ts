import { execFileSync, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

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

/** The same on a disk whose every flush takes 2 ms longer; null where no C compiler can make it so. */
export async function startSlowServer(folder: string): Promise<Server | null> {
  if (process.platform !== 'linux' || spawnSync('cc', ['--version']).status !== 0) return null;
  const library = path.join(folder, 'slow-fsync.so');
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, path.join(ROOT, 'bench/store/slow-fsync.c'), '-ldl']);
  return startServer({ LD_PRELOAD: library });
}
