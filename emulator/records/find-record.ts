import type { Account, RecordData, TypeMeta } from '../kernel/types';
import { invalidType, noSuchRecord, withoutCustomTransactions } from './faults';
import { familyOf } from './type-groups';

/** A custom transaction that the account's objects declare is no unknown type: it is one that this account has no ledger for. */
function isCustomTransaction(account: Account, id: string): boolean {
  const declared = account.parts.get('sdfObjects') as ReadonlySet<string> | undefined;
  return id.startsWith('customtransaction') && declared?.has(id) === true;
}

/** The metadata of a type that scripts may name; INVALID_RCRD_TYPE otherwise. */
export function requireType(account: Account, id: unknown): TypeMeta {
  const meta = typeof id === 'string' ? account.registry.type(id) : undefined;
  if (!meta && isCustomTransaction(account, String(id).toLowerCase())) throw withoutCustomTransactions(String(id));
  if (!meta) throw invalidType(String(id));
  return meta;
}

/** A stored record by any type of its family: a lead also answers to `customer`. */
export function findRecord(account: Account, type: string, id: string | number): RecordData | undefined {
  for (const each of [type, ...familyOf(type).filter((other) => other !== type)]) {
    const record = account.store.get(each, String(id));
    if (record) return record;
  }
  return undefined;
}

export function requireRecord(account: Account, type: string, id: string | number): RecordData {
  const record = findRecord(account, type, id);
  if (!record) throw noSuchRecord();
  return record;
}

/** The record type of a target that says how its entries read, too: `customerstatus:stage` shows `CUSTOMER-Closed Won`. */
export const targetType = (target: string): string =>
  target.startsWith('list:') ? target : target.replace(/:stage$/, '');

/** What a select of this target points to: a record type, a group (`item`, `transaction`), or a type with sub-kinds. */
export function findReference(account: Account, target: string, id: string): RecordData | undefined {
  const selectType = targetType(target);
  const meta = account.registry.type(selectType);
  const direct = findRecord(account, selectType, id);
  if (direct || !meta) return direct;
  const group =
    selectType === 'entity' || selectType === 'item' || selectType === 'transaction' || selectType === 'activity';
  return group || meta.group === 'entity' ? account.store.getInGroup(meta.group, id) : undefined;
}
