import type { ReadPage } from '../../contract';
import type { Store } from '../store/types';
import { learnRates, NO_RATES, type KnownRates } from './known-rates';

const cursorOf = (account: string): string => `rates:${account}`;

export async function readRates(store: Pick<Store, 'getCursor'>, account: string): Promise<KnownRates> {
  const text = await store.getCursor(cursorOf(account));
  return text === null ? NO_RATES : (JSON.parse(text) as KnownRates);
}

/** Keeps what the rows of a page tell of exchange rates, and of the currencies that need one. */
export async function noteRates(
  store: Pick<Store, 'getCursor' | 'setCursor'>,
  account: string,
  page: ReadPage,
): Promise<void> {
  const known = await readRates(store, account);
  const learnt = learnRates(known, page);
  if (learnt !== known) await store.setCursor(cursorOf(account), JSON.stringify(learnt));
}
