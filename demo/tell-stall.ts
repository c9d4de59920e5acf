import type { RelayClient } from './relay-client';

/** Nothing settled for so long, in ms, is worth a word. */
const STALL_MS = 5_000;

/**
 * Says once in a stall what is waited for. A relay that was killed leaves calls behind that the account may still be at work on: their slots
 * stay taken until nothing more of them can be written, which takes more than a minute.
 */
export function stallTeller(client: Pick<RelayClient, 'overview'>, adminKey: string, say: (text: string) => void) {
  let told = false;
  return async (stalledMs: number): Promise<void> => {
    if (stalledMs < STALL_MS) {
      told = false;
      return;
    }
    if (told) return;
    told = true;
    const { pools, byPoolAndLane } = await client.overview(adminKey);
    // Pools of CRMs have one slot or two, which may be taken between the two figures.
    for (const { pool, inUse, usable } of pools.filter((one) => !one.pool.includes(':'))) {
      const sending = byPoolAndLane.some((one) => one.pool === pool && one.state === 'sending' && one.count > 0);
      if (inUse > 0 && inUse >= usable && !sending)
        say(
          `  waiting: all slots of ${pool} are taken, and nothing is sent; calls of a relay that was killed may still be at work there for a minute or two`,
        );
    }
  };
}
