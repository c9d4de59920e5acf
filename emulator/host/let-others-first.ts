import { readlinkSync } from 'node:fs';
import os from 'node:os';

/** Of 0 to 19; what needs no privilege. */
const PRIORITY = os.constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * Puts the calling thread behind the account's thread where the system keeps a priority for each (Linux): host threads run scripts for
 * milliseconds, and an answer of the account that has to wait for one of them leaves all the others asleep meanwhile. Five connections
 * that create customers on two processors: 1.62 of them in use without this, 1.77 with it, and 1.88 with more of them at a time (`turns.ts`).
 */
export function letOthersFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    os.setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), PRIORITY);
  } catch {
    // Without /proc, or where it is forbidden, everything works as well, a little slower.
  }
}
