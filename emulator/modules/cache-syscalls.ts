import type { Account, Execution, SyscallTable } from '../kernel/types';

interface Entry {
  value: string;
  expiresAt: number | null;
}
interface Where {
  name: string;
  scope: string;
  key: string;
}

const SECOND = 1000;

/** Entries by scope, cache name and key; PRIVATE ones belong to one script. */
export const cacheEntries = (account: Account): Map<string, Entry> => {
  const known = account.parts.get('cache') as Map<string, Entry> | undefined;
  if (known) return known;
  const created = new Map<string, Entry>();
  account.parts.set('cache', created);
  return created;
};

const address = (execution: Execution, { scope, name, key }: Where): string =>
  JSON.stringify([scope, scope === 'PRIVATE' ? execution.scriptId : null, name, key]);

/** An `evictCache` fault empties all caches before the call it strikes: no entry is ever promised to stay. */
function entriesFor(account: Account, execution: Execution, api: string): Map<string, Entry> {
  const entries = cacheEntries(account);
  if (account.faults.strike('evictCache', { execution, api })) entries.clear();
  return entries;
}

/** N/cache (page section_4642573343); lifetimes run on the virtual clock. */
export const cacheSyscalls: SyscallTable = {
  'cache.get': (account: Account, execution: Execution, where: Where) => {
    account.charge(execution, 'cache.get');
    const entry = entriesFor(account, execution, 'cache.get').get(address(execution, where));
    if (!entry) return null;
    return entry.expiresAt !== null && entry.expiresAt <= account.clock.now() ? null : entry.value;
  },
  'cache.store': (
    account: Account,
    execution: Execution,
    { value, ttl, api, ...where }: Where & { value: string | null; ttl: number; api: 'cache.put' | 'cache.loader' },
  ) => {
    account.charge(execution, api);
    if (value === null) return null;
    entriesFor(account, execution, api).set(address(execution, where), {
      value,
      expiresAt: ttl === 0 ? null : account.clock.now() + ttl * SECOND,
    });
    return null;
  },
  'cache.remove': (account: Account, execution: Execution, where: Where) => {
    account.charge(execution, 'cache.remove');
    entriesFor(account, execution, 'cache.remove').delete(address(execution, where));
    return null;
  },
};
