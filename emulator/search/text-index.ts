import type { Account } from '../kernel/types';
import { describeIndex } from '../store/describe-index';
import type { SearchField } from './field-type';

const known = new WeakMap<object, Set<string>>();

/** Text filters ignore case: an index over the field that does so too. It is made once, at the first filter on the field. */
export function wantTextIndex(account: Account, field: SearchField): void {
  const index = field.value.stored?.index;
  if (!index || !/^\w+$/.test(index.field)) return;
  const { db } = account.store;
  let made = known.get(db);
  if (!made) known.set(db, (made = new Set()));
  const table = index.sublist === undefined ? 'record' : 'line';
  const name = `${table}_nocase_${index.field}`;
  if (made.has(name)) return;
  const columns = index.sublist === undefined ? 'type' : 'type, sublist';
  db.exec(
    `CREATE INDEX IF NOT EXISTS "${name}" ON ${table} (${columns}, json_extract(data, '$.fields.${index.field}') COLLATE NOCASE)`,
  );
  describeIndex(db, table, name);
  made.add(name);
}
