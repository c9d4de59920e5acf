import { readFileSync } from 'node:fs';

const STEAL = 7;
/** user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted among them already. */
const KINDS = 8;

/**
 * Begins to watch the processors; the answer gives the share of their time since then that the machine's host kept for others, in percent.
 * A rate measured meanwhile is that of fewer processors. Undefined where there is no /proc to read it from.
 */
export function watchStolenTime(): () => number | undefined {
  const before = readTicks();
  return () => {
    const after = readTicks();
    if (before === undefined || after === undefined) return undefined;
    const passed = after.all - before.all;
    return passed === 0 ? 0 : ((after.stolen - before.stolen) * 100) / passed;
  };
}

function readTicks(): { all: number; stolen: number } | undefined {
  try {
    const ticks = readFileSync('/proc/stat', 'utf8')
      .split('\n')[0]!
      .trim()
      .split(/\s+/)
      .slice(1, 1 + KINDS)
      .map(Number);
    return { all: ticks.reduce((sum, one) => sum + one, 0), stolen: ticks[STEAL] ?? 0 };
  } catch {
    return undefined;
  }
}
