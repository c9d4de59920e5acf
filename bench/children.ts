import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { LeashedChild } from '../test/helpers/spawn-child';

const howEnded = ({ exitCode, signalCode }: ChildProcess): string => signalCode ?? `code ${String(exitCode)}`;
const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** The first line of a program, by which it says that it is ready; fails when it ends before. */
export async function firstLine(child: LeashedChild, name: string): Promise<string> {
  const over = new AbortController();
  const line = once(createInterface({ input: child.stdout }), 'line', { signal: over.signal }) as Promise<[string]>;
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`The ${name} ended with ${howEnded(child)} before it was ready.`);
  });
  try {
    return (await Promise.race([line, ended]))[0];
  } finally {
    over.abort();
    await Promise.allSettled([line, ended]);
  }
}

/** Ends a program. One that has ended by itself has spoilt what was measured; it also would never say again that it ends. */
export async function endChild(child: ChildProcess, name: string, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) throw new Error(`The ${name} ended with ${howEnded(child)} while it was measured.`);
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
