import type { Account } from '../kernel/types';
import { suiteQl } from '../suiteql/engine';
import { recordField } from './record-fields';
import { civilNow, prepare } from './run-search';
import { searchBase } from './search-type';

/** One search column of one stored record: records read the figures they do not keep by the very expressions that searches use. */
export function readColumn(account: Account, type: string, id: string, name: string): number | string | null {
  suiteQl(account);
  const { registry } = account;
  const field = recordField({ base: searchBase(registry, type), alias: 'r', registry, acceptUnknown: false }, name);
  if (!field) return null;
  const statement = prepare(
    account.store.db,
    `SELECT ${field.value.sql} FROM record r WHERE r.grp = @grp AND r.id = @id`,
  );
  const grp = registry.type(type)?.group ?? type;
  const value = statement.pluck().get({ grp, id: Number(id), now: civilNow(account) });
  return (value as number | string | null | undefined) ?? null;
}
