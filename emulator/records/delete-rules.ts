import type { Account, RecordData } from '../kernel/types';
import { dependentRecords } from './faults';
import { number } from './money';

/** Selects that bind: a record they point to can't be deleted. */
const BINDING: Record<string, string[]> = {
  entity: ['entity', 'customer', 'parent'],
  item: ['item'],
  transaction: ['createdfrom'],
};

/** Types that have the field, asked one by one so that the index on type and field serves. */
function pointsHere(account: Account, record: RecordData, field: string): boolean {
  account.store.ensureIndex(record.type, field);
  const statement = account.store.db.prepare(
    `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.${field}') = ? AND NOT (type = ? AND id = ?) LIMIT 1`,
  );
  const types = account.registry.types().filter((type) => type.fields[field]?.type === 'select');
  return types.some((type) => statement.get(type.id, record.id, record.type, Number(record.id)) !== undefined);
}

function isOnLines(account: Account, item: RecordData): boolean {
  account.store.ensureIndex('salesorder', 'item', 'item');
  const statement = account.store.db.prepare(
    `SELECT id FROM line WHERE type = ? AND sublist = 'item' AND json_extract(data, '$.fields.item') = ? LIMIT 1`,
  );
  return account.registry
    .types()
    .some((type) => type.sublists.item !== undefined && statement.get(type.id, item.id) !== undefined);
}

/** What was paid or used up stays as long as the payment does (page section_N563543). */
const PAID = new Set(['invoice', 'vendorbill', 'expensereport', 'customerdeposit']);

/** A contact's company does not bind; its customer's transactions do. */
export function requireDeletable(account: Account, record: RecordData): void {
  if (PAID.has(record.type) && number(record.fields.amountpaid) > 0) throw dependentRecords();
  const group = account.registry.type(record.type)?.group ?? '';
  if (group === 'item' && isOnLines(account, record)) throw dependentRecords();
  for (const field of BINDING[group] ?? []) {
    if (pointsHere(account, record, field)) throw dependentRecords();
  }
}
