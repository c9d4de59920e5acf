import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

let running: { child: ChildProcess; url: Promise<string> } | null = null;

/** A PostgreSQL for this test file, started on first use. */
export function postgresUrl(): Promise<string> {
  running ??= start();
  return running.url;
}

export async function stopPostgres(): Promise<void> {
  if (!running) return;
  const { child } = running;
  running = null;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await gone;
}

function start() {
  const child = spawn(process.execPath, [path.resolve(__dirname, 'postgres-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`PostgreSQL for tests ended with ${code}`)));
  });
  return { child, url };
}
