import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { cpuTimeMs } from '../cpu-time';
import type { Subject } from './subjects';
import { BATCH, toOperation, TYPES, type Item } from './workload';

/** As measured; another version is another peer. */
const VERSIONS = { bullmq: '6.7.0', ioredis: '6.0.0' };
const INSTALL_MS = 180_000;

/** What is used of BullMQ and its client for Redis, which are no dependencies of this project. */
interface Client {
  disconnect(): void;
}
interface Job {
  moveToCompleted(result: string, token: string, fetchNext: false): Promise<unknown>;
}
interface Queue {
  add(name: string, data: unknown, options: { jobId: string }): Promise<unknown>;
  addBulk(jobs: { name: string; data: unknown; opts: { jobId: string } }[]): Promise<unknown>;
  close(): Promise<void>;
}
interface Worker {
  getNextJob(token: string, options: { block: false }): Promise<Job | undefined>;
  close(force: true): Promise<void>;
}
interface Library {
  Queue: new (name: string, options: object) => Queue;
  Worker: new (name: string, processor: null, options: object) => Worker;
  Redis: new (options: object) => Client;
}

/** A sentence that says why BullMQ is not measured here. */
export class NoBullMq extends Error {
  override readonly name = 'NoBullMq';
}

/** Whether a Redis can be started here: BullMQ needs one, and nobody else does. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

const run = promisify(execFile);

let installed: Promise<Library> | null = null;

/** Installs BullMQ into a folder of its own. Throws `NoBullMq` where that can't be done. */
async function install(folder: string): Promise<Library> {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: VERSIONS }));
  try {
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
      cwd: folder,
      timeout: INSTALL_MS,
    });
    const load = createRequire(path.join(folder, 'package.json'));
    return { ...(load('bullmq') as Omit<Library, 'Redis'>), Redis: (load('ioredis') as Pick<Library, 'Redis'>).Redis };
  } catch (error) {
    const reason = (error as Error).message.split('\n').slice(0, 3).join(' ');
    throw new NoBullMq(`BullMQ is not measured: it could not be installed (${reason})`, { cause: error });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis of its own that answers each write after its fsync, as our stores do; its default may lose the last second. */
async function startRedis(folder: string, port: number): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', dir: folder, appendonly: 'yes', appendfsync: 'always', save: '' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve());
    child.once('error', reject);
    child.once('exit', (code) => reject(new NoBullMq(`BullMQ is not measured: Redis ended with ${String(code)}.`)));
  });
  return child;
}

const eachType = <T>(make: (type: string) => T): Record<Item['type'], T> => ({
  customer: make('customer'),
  contact: make('contact'),
  salesorder: make('salesorder'),
  customrecord_note: make('customrecord_note'),
});

/** BullMQ as it may be set up to come nearest to what is needed here; order within a record is not among what it has. */
export async function bullMq(folder: string): Promise<Subject> {
  if (!hasRedis()) throw new NoBullMq('BullMQ is not measured: there is no redis-server on the PATH.');
  const library = await (installed ??= install(folder));
  const data = path.join(folder, 'redis');
  mkdirSync(data);
  const port = await freePort();
  const redis = await startRedis(data, port);
  const clients: Client[] = [];
  const connection = (): Client => {
    const options = { host: '127.0.0.1', port, maxRetriesPerRequest: null, enableAutoPipelining: true };
    const client = new library.Redis(options);
    clients.push(client);
    return client;
  };
  const defaultJobOptions = { attempts: 5, backoff: { type: 'exponential', delay: 1_000 }, removeOnComplete: false };
  const queues = eachType((type) => new library.Queue(type, { connection: connection(), defaultJobOptions }));
  const workers = eachType((type) => {
    const options = { connection: connection(), autorun: false, lockDuration: 120_000 };
    return new library.Worker(type, null, options);
  });
  const { body } = toOperation({ n: 0, type: 'customer', key: '' });
  const toJob = ({ n, key }: Item) => ({ name: 'upsert', data: { key, body }, opts: { jobId: `k${n}` } });
  return {
    serverCpuMs: () => cpuTimeMs(redis.pid ?? 0) ?? 0,
    async enqueue(items) {
      const [only] = items;
      if (only && items.length === 1) {
        const { name, data, opts } = toJob(only);
        return queues[only.type].add(name, data, opts);
      }
      return Promise.all(
        TYPES.map((type) => queues[type].addBulk(items.filter((item) => item.type === type).map(toJob))),
      );
    },
    async take(worker) {
      for (let at = 0; at < TYPES.length; at++) {
        const from = workers[TYPES[(worker + at) % TYPES.length] ?? 'customer'];
        // It hands out one at a time; fifty questions in one turn travel together.
        const asked = Array.from({ length: BATCH }, () => from.getNextJob('token', { block: false }));
        const jobs = (await Promise.all(asked)).filter((job) => job !== undefined);
        if (jobs.length > 0) {
          const complete = () => Promise.all(jobs.map((job) => job.moveToCompleted('done', 'token', false)));
          return { count: jobs.length, complete };
        }
      }
      return null;
    },
    async close() {
      await Promise.all(Object.values(workers).map((one) => one.close(true)));
      await Promise.all(Object.values(queues).map((one) => one.close()));
      for (const client of clients) client.disconnect();
      const gone = once(redis, 'exit');
      redis.kill('SIGTERM');
      await gone;
    },
  };
}
