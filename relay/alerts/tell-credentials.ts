import type { RelayServices } from '../http/services';
import { listCredentials } from '../watch/credentials';
import { judgeCredentials } from '../watch/judge-credentials';
import type { Condition } from './judge-state';

const TOLD_CURSOR = 'credentials:told';

/** Tells of keys, tokens and certificates that end soon or are too old: once a day while there are any, and at once of a new one. */
export async function tellCredentials(
  { store, settings, now }: Pick<RelayServices, 'store' | 'settings' | 'now'>,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  const { config } = settings();
  const wrong = judgeCredentials(listCredentials(config), config.credentials, now());
  const today = new Date(now()).toISOString().slice(0, 10);
  const state = wrong.length === 0 ? '' : [today, ...wrong.map(({ name, state: is }) => `${name} ${is}`)].join('\n');
  if (state === ((await store.getCursor(TOLD_CURSOR)) ?? '')) return;
  const told =
    wrong.length === 0 ||
    (await tell({
      kind: 'expiry',
      title: wrong.map(({ name, message }) => `${name} ${message}`).join('; '),
      remedy: [...new Set(wrong.map(({ remedy }) => remedy))].join(' '),
    }));
  if (told) await store.setCursor(TOLD_CURSOR, state);
}
