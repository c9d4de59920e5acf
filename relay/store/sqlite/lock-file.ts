import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import { StoreRefused } from '../errors';

/** One process per embedded store. A lock left by a process that is gone, or from before a restart of the machine, is taken over. */

interface Owner {
  pid: number;
  boot: string;
}

/** Answers a function that gives the lock back. Throws `StoreRefused` when another process holds it. */
export function lockStore(file: string): () => void {
  const lock = `${file}.lock`;
  for (let attempt = 0; ; attempt++) {
    if (tryLock(lock)) return () => rmSync(lock, { force: true });
    const owner = readOwner(lock);
    if (owner && isAlive(owner)) {
      throw new StoreRefused(
        'locked',
        `The store ${file} is in use by process ${owner.pid}. An embedded store serves one relay; for several use PostgreSQL.`,
      );
    }
    if (attempt > 3)
      throw new StoreRefused('locked', `The lock ${lock} can't be taken over. Remove it if no relay is running.`);
    rmSync(lock, { force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    const descriptor = openSync(lock, 'wx');
    writeSync(descriptor, JSON.stringify({ pid: process.pid, boot: bootId() } satisfies Owner));
    fsyncSync(descriptor);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(lock: string): Owner | null {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

function isAlive({ pid, boot }: Owner): boolean {
  if (boot !== bootId()) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Names this run of the machine, so that a pid of an earlier run is not taken for a living one. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return String(Math.round((Date.now() - os.uptime() * 1000) / 60_000));
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
