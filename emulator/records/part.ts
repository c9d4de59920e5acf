import type { Account, Part, Registry, Store } from '../kernel/types';
import { openStore } from '../store/open-store';
import { createRegistry } from './registry';
import { storeListValues } from './store-list-values';

/** Opens the account's data and its registry of types, each of which needs the other. */
function openServices(account: Account): { store: Store; registry: Registry } {
  const registry = createRegistry((id, values) => storeListValues(store, id, values));
  const store = openStore(account.settings.data, (type) => registry.type(type)?.group ?? type);
  return { store, registry };
}

export const part: Part = {
  name: 'records',
  services: openServices,
  syscalls: {},
};
