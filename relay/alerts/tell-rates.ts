import type { RelayServices } from '../http/services';
import { judgeRates } from '../rates/judge-rates';
import { readRates } from '../rates/watch-rates';
import type { Condition } from './judge-state';

/** Rates that an alert names. */
const NAMED = 8;

const toldCursor = (account: string): string => `rates:${account}:told`;

/** Tells of missing, old or jumping exchange rates: once for as long as the same is wrong. Only where rates are mirrored. */
export async function tellRates(
  { store, settings, flowsOf, now }: Pick<RelayServices, 'store' | 'settings' | 'flowsOf' | 'now'>,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  const { netsuite, rates } = settings().config;
  for (const { account } of netsuite) {
    const { flows, context } = flowsOf(account);
    const mirrored = flows.some(
      ({ enabled, source, onlyWith }) =>
        enabled && source?.page === 'rates' && (onlyWith === undefined || Boolean(context.settings[onlyWith])),
    );
    if (!mirrored) continue;
    const wrong = judgeRates(await readRates(store, account), rates, now());
    // Ages grow by the day; what is wrong is the same.
    const state = wrong.map((text) => text.replace(/, \d+ days old$/, '')).join('; ');
    if (state === ((await store.getCursor(toldCursor(account))) ?? '')) continue;
    const condition: Condition = {
      kind: 'rates',
      title: `Exchange rates of NetSuite ${account}: ${wrong.slice(0, NAMED).join('; ')}${wrong.length > NAMED ? ' …' : ''}`,
      remedy: 'Look at Lists > Accounting > Currency Exchange Rates in NetSuite; the CRMs show amounts by these rates.',
    };
    if (wrong.length === 0 || (await tell(condition))) await store.setCursor(toldCursor(account), state);
  }
}
