import type { Account } from '../kernel/types';
import { suiteQl } from '../suiteql/engine';
import { CUSTOMER_SHOWN, indexesOfFigure } from './entity-figures';
import type { SearchField } from './field-type';
import { recordField } from './record-fields';
import { civilNow, prepare } from './run-search';
import { searchBase } from './search-type';

function readField(account: Account, type: string, id: string, field: SearchField): number | string | null {
  const { registry } = account;
  const statement = prepare(
    account.store.db,
    `SELECT ${field.value.sql} FROM record r WHERE r.grp = @grp AND r.id = @id`,
  );
  const grp = registry.type(type)?.group ?? type;
  const value = statement.pluck().get({ grp, id: Number(id), now: civilNow(account) });
  return (value as number | string | null | undefined) ?? null;
}

/** One search column of one stored record: records read the figures they do not keep by the very expressions that searches use. */
export function readColumn(account: Account, type: string, id: string, name: string): number | string | null {
  suiteQl(account);
  const { registry } = account;
  const field = recordField({ base: searchBase(registry, type), alias: 'r', registry, acceptUnknown: false }, name);
  return field ? readField(account, type, id, field) : null;
}

const DOCUMENTS = "SELECT 1 FROM record WHERE type IN ('invoice', 'salesorder') LIMIT 1";

/** A figure of a customer as its record shows it: in the customer's currency, where searches have base currency. */
export function readShown(account: Account, id: string, name: string): number | string | null {
  suiteQl(account);
  const field = CUSTOMER_SHOWN[name]?.('r');
  if (!field) return null;
  // Before there is a document the indexes would do nothing but cost every write.
  if (prepare(account.store.db, DOCUMENTS).get() !== undefined)
    for (const index of indexesOfFigure('customer', name)) account.store.ensureIndex(index.type, index.field);
  return readField(account, 'customer', id, field);
}
