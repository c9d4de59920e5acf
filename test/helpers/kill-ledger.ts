import { buildSync } from 'esbuild';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Store } from '../../relay/store/types';
import { spawnChild } from './spawn-child';

/** What a process said before it was killed, and whether the store that it left keeps to it. */

const ROOT = path.resolve(__dirname, '../..');
/** Beside the writer thread's bundle, which it must find. */
export const VICTIM = path.join(ROOT, 'build/relay', `store-victim-${process.pid}.cjs`);

export function buildVictim(): void {
  buildSync({
    entryPoints: [path.join(ROOT, 'test/helpers/store-victim.ts')],
    outfile: VICTIM,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3', 'pg-native'],
  });
}

export class Ledger {
  readonly acknowledged = new Set<string>();
  readonly done = new Set<string>();
  /** Record key → versions in the order in which they were taken, across processes. */
  readonly taken = new Map<string, string[]>();

  read(line: string): void {
    const [kind, id = '', version = ''] = line.split(' ');
    if (kind === 'A') this.acknowledged.add(id);
    else if (kind === 'D') this.done.add(id);
    else if (kind === 'T') this.taken.set(id, [...(this.taken.get(id) ?? []), version]);
  }

  /** A later version before an earlier one; the same again is a repeat after a crash, not a fault. */
  get orderFaults(): number {
    return [...this.taken.values()].reduce(
      (sum, versions) => sum + versions.filter((version, at) => at > 0 && version < (versions[at - 1] ?? '')).length,
      0,
    );
  }
}

/** Acknowledgements of one life at most. */
const MOST_ACKNOWLEDGED = 400;

/** Runs the victim, and `kill` a random moment after it went to work. */
export async function runAndKill(
  args: string[],
  ledger: Ledger,
  {
    env = {},
    kill = (pid: number) => void process.kill(pid, 'SIGKILL'),
  }: { env?: NodeJS.ProcessEnv; kill?: (pid: number) => void } = {},
): Promise<void> {
  const child = spawnChild([VICTIM, ...args], { env: { ...process.env, ...env } });
  const closed = new Promise((resolve) => child.once('close', resolve));
  // The moment is random; that enough was acknowledged before is not, however slow the machine.
  let left = Math.round(MOST_ACKNOWLEDGED * (0.1 + 0.9 * Math.random()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    ledger.read(line);
    if (line.startsWith('A ') && --left === 0) setTimeout(() => kill(child.pid ?? 0), Math.random() * 50);
  });
  await closed;
}

/** Whatever was left is worked off by one who comes after; then every operation is done and no record is stuck. */
async function workOff(store: Store, ledger: Ledger): Promise<void> {
  const sizing = { maxOperations: 200, maxWeight: 1_000, fixedMs: 1, msPerWeight: 1 };
  const lingerMs = { realtime: 0, bulk: 0, replay: 0 };
  for (;;) {
    await store.wake();
    const { batch } = await store.take({
      pool: 'P',
      holder: 'last',
      sizing: {},
      defaultSizing: sizing,
      leaseMs: 60_000,
      lingerMs,
      borrowBelowMs: 0,
    });
    if (!batch) {
      const { byState } = await store.stats();
      if (byState.queued + byState.sending + byState.retrying === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    for (const { recordKey, version, operationId } of batch.operations)
      ledger.read(`T ${recordKey} ${version} ${operationId}`);
    await store.settle({
      pool: 'P',
      token: batch.token,
      slot: batch.slot,
      settlements: batch.operations.map(({ seq }) => ({ seq, to: 'done', result: 'updated', settlesLostCall: true })),
      call: { status: 200, units: 1, ms: 1 },
      slotUntil: null,
    });
  }
}

/** Counts what was broken: acknowledged and not there, done and not done, stranded, out of order. */
export async function judge(
  store: Store,
  ledger: Ledger,
): Promise<Record<'lost' | 'undone' | 'stranded' | 'orderFaults', number>> {
  let lost = 0;
  let undone = 0;
  for (const id of ledger.acknowledged) if (!(await store.getOperation(id))) lost++;
  for (const id of ledger.done) if ((await store.getOperation(id))?.state !== 'done') undone++;
  await workOff(store, ledger);
  const { accepted, byState } = await store.stats();
  return { lost, undone, stranded: accepted - byState.done, orderFaults: ledger.orderFaults };
}

export const UNBROKEN = { lost: 0, undone: 0, stranded: 0, orderFaults: 0 };
