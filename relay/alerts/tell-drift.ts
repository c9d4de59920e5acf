import type { RelayServices } from '../http/services';
import { readLastRun } from '../reconcile/last-run';
import { judgeRun } from './judge-runs';
import type { Condition } from './judge-state';

const toldCursor = (account: string): string => `reconcile:${account}:told`;

/** Tells what a nightly comparison found, each run once, whichever relay made it. */
export async function tellDrift(
  { store, settings }: Pick<RelayServices, 'store' | 'settings'>,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  for (const { account } of settings().config.netsuite) {
    const run = await readLastRun(store, account);
    const condition = judgeRun(run, await store.getCursor(toldCursor(account)));
    if (run !== null && condition !== null && (await tell(condition)))
      await store.setCursor(toldCursor(account), run.at);
  }
}
