import type { Account, Value } from '../kernel/types';

/** The currency of a subsidiary's books; without subsidiaries, the company's. */
export function baseCurrency(account: Account, subsidiary: Value | undefined): string {
  const own = typeof subsidiary === 'string' ? account.store.get('subsidiary', subsidiary)?.fields.currency : undefined;
  return typeof own === 'string' ? own : '1';
}
