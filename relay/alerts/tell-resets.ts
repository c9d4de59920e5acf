import type { RelayServices } from '../http/services';
import { readReset } from '../runtime/watch-account';
import type { Condition } from './judge-state';

const toldCursor = (account: string): string => `reset:${account}:told`;

/** Tells that an account lost what it was known to hold, each time once, whichever relay found it. */
export async function tellResets(
  { store, settings }: Pick<RelayServices, 'store' | 'settings'>,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  for (const { account } of settings().config.netsuite) {
    const reset = await readReset(store, account);
    if (reset === null || reset.at === (await store.getCursor(toldCursor(account)))) continue;
    const condition: Condition = {
      kind: 'reset',
      title: `NetSuite ${account} no longer holds what was written last (${reset.examples.join(', ')}): it was reset, refreshed or restored`,
      remedy:
        'What it was known to hold is forgotten, and records are sent again as they change. `suiterelay reconcile --repair` brings back the others.',
    };
    if (await tell(condition)) await store.setCursor(toldCursor(account), reset.at);
  }
}
