import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const EVERY_MS = 500;

export interface MemoryWatch {
  /** Highest resident memory since the last question, in MB. */
  peakMb: () => number;
  stop: () => void;
}

/** Follows what a process holds in memory, as the system tells it. */
export function watchMemory(pid: number): MemoryWatch {
  let peakKb = 0;
  const look = (): void =>
    void run('ps', ['-o', 'rss=', '-p', String(pid)]).then(
      ({ stdout }) => (peakKb = Math.max(peakKb, Number(stdout))),
      // It has ended: what it held was seen.
      () => undefined,
    );
  look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return {
    peakMb: () => {
      const peak = Math.round(peakKb / 1024);
      peakKb = 0;
      return peak;
    },
    stop: () => clearInterval(timer),
  };
}
