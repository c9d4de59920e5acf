import type { RelayServices } from '../http/services';
import type { StoredOperation } from '../store/types';
import { responsibleFor } from '../watch/responsible-for';
import type { Condition } from './judge-state';

const TOLD_CURSOR = 'overdue:told';
const HOUR_MS = 3_600_000;
/** Failures looked at in one go; of more it is said that there are more. */
const MOST = 1_000;

/** Tells once a day, by who looks after them, of failures in review that nobody has settled for too long. */
export async function tellOverdue(
  services: RelayServices,
  tell: (condition: Condition) => Promise<boolean>,
): Promise<void> {
  const { store, settings, now } = services;
  const today = new Date(now()).toISOString().slice(0, 10);
  if ((await store.getCursor(TOLD_CURSOR)) === today) return;
  const olderThan = now() - settings().config.failures.overdueHours * HOUR_MS;
  const { items, next } = await store.listFailures({ state: ['review'], to: olderThan }, { limit: MOST });
  const overdue = items.filter(({ updatedAt }) => Date.parse(updatedAt) < olderThan);
  if (overdue.length === 0) return;
  const told = await tell({
    kind: 'overdue',
    title: `${overdue.length}${next === null ? '' : ' or more'} failures wait for a decision for too long. ${byPerson(services, overdue)}`,
    remedy: 'Each holds back its record. The console lists them; `suiterelay report close` has them by type and money.',
  });
  if (told) await store.setCursor(TOLD_CURSOR, today);
}

function byPerson(services: RelayServices, overdue: readonly StoredOperation[]): string {
  const people = new Map<string, StoredOperation[]>();
  for (const one of overdue) {
    const who = responsibleFor(services, one) ?? 'nobody named';
    people.set(who, [...(people.get(who) ?? []), one]);
  }
  return [...people]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([who, own]) => {
      const oldest = Math.min(...own.map(({ updatedAt }) => Date.parse(updatedAt)));
      return `${who}: ${own.length}, the oldest for ${Math.floor((services.now() - oldest) / HOUR_MS)} hours`;
    })
    .join('; ');
}
