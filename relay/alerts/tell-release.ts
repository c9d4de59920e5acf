import type { RelayServices } from '../http/services';
import { releaseCursor } from '../runtime/watch-names';
import type { Condition } from './judge-state';

const toldCursor = (account: string): string => `release:${account}:told`;

/** Tells when an account was moved to another release of NetSuite. The first one seen is only remembered. */
export async function tellRelease(
  { store, settings }: Pick<RelayServices, 'store' | 'settings'>,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  for (const { account } of settings().config.netsuite) {
    const release = await store.getCursor(releaseCursor(account));
    const before = await store.getCursor(toldCursor(account));
    if (release === null || release === before) continue;
    const told =
      before === null ||
      (await tell({
        kind: 'release',
        title: `NetSuite ${account} runs release ${release} now; it was ${before}`,
        remedy:
          '`suiterelay doctor` asks the scripts anew. Watch failures and units for a day; the release notes name what changed for SuiteScript.',
      }));
    if (told) await store.setCursor(toldCursor(account), release);
  }
}
