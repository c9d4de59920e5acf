import type { Registry } from '../kernel/types';
import { transactionTypes } from '../suiteql/catalog/find-table';
import { ENTITY_TYPES, ITEM_TYPES } from '../suiteql/catalog/item-types';
import { BY_TYPE } from '../suiteql/catalog/transaction-types';
import { balanceBase } from './inventory-balance';
import { invalidType } from './errors';

/** What a search searches. */
export interface SearchBase {
  kind: 'record' | 'transaction';
  /** The type asked for, lower case. */
  id: string;
  types: string[];
  /** All records of this group. */
  group?: string;
}

const STAGES = ['customer', 'lead', 'prospect'];
/** Item types that scripts name without their sale, resale or purchase half. */
const ITEM_FAMILIES: Record<string, string[]> = {
  noninventoryitem: ['noninventoryitem', 'noninventorysaleitem', 'noninventoryresaleitem', 'noninventorypurchaseitem'],
  serviceitem: ['serviceitem', 'servicesaleitem', 'serviceresaleitem', 'servicepurchaseitem'],
  otherchargeitem: ['otherchargeitem', 'otherchargesaleitem', 'otherchargeresaleitem', 'otherchargepurchaseitem'],
};
/** search.Type values that are no record type ids. */
const ALIASES: Record<string, string> = {
  currencyexchangerate: 'currencyrate',
  pricing: 'pricing',
  case: 'supportcase',
};

export function searchBase(registry: Registry, type: string): SearchBase {
  const id = ALIASES[type.toLowerCase()] ?? type.toLowerCase();
  if (id === 'transaction')
    return { kind: 'transaction', id, types: transactionTypes({ registry }), group: 'transaction' };
  if (BY_TYPE.has(id)) return { kind: 'transaction', id, types: [id] };
  if (id === 'entity') return { kind: 'record', id, types: Object.keys(ENTITY_TYPES), group: 'entity' };
  if (id === 'item') return { kind: 'record', id, types: Object.keys(ITEM_TYPES), group: 'item' };
  if (id === 'customer') return { kind: 'record', id, types: STAGES };
  if (id === 'inventorybalance') return balanceBase();
  const family = ITEM_FAMILIES[id];
  if (family) return { kind: 'record', id, types: family };
  const meta = registry.type(id);
  if (!meta) throw invalidType(type);
  if (meta.group === 'transaction') return { kind: 'transaction', id, types: [id] };
  return { kind: 'record', id, types: [id] };
}

/** Where a reference of this kind leads, as a search base; undefined for lists without records. */
export function targetBase(registry: Registry, target: string | undefined): SearchBase | undefined {
  if (target === undefined || target.startsWith('list:')) return undefined;
  try {
    return searchBase(registry, target.replace(/:stage$/, ''));
  } catch {
    return undefined;
  }
}
