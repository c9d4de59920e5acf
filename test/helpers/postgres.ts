import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

let running: { child: ChildProcess; url: Promise<string> } | null = null;

/** A PostgreSQL for this test file, started on first use. */
export function postgresUrl(): Promise<string> {
  running ??= start();
  return running.url;
}

/** A database of its own on that server; answers its address. */
export async function newDatabase(name: string): Promise<string> {
  const url = await postgresUrl();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return url.replace(/postgres$/, name);
}

/** The same on a data folder of the caller's, which stays when the server is gone. */
export function postgresOn(data: string): Promise<string> {
  if (running) throw new Error('Stop the server that runs before starting one on another folder.');
  running = start(data);
  return running.url;
}

export async function stopPostgres(): Promise<void> {
  if (!running) return;
  const { child } = running;
  running = null;
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await gone;
}

function start(...data: string[]) {
  const child = spawn(process.execPath, [path.resolve(__dirname, 'postgres-server.mjs'), ...data], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`PostgreSQL for tests ended with ${code}`)));
  });
  return { child, url };
}
