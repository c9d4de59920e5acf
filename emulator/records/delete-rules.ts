import type { Account, Execution, RecordData } from '../kernel/types';
import { dependentRecords } from './faults';
import { recountSource } from './recount-source';

/** Selects that bind: a record they point to can't be deleted. */
const BINDING: Record<string, string[]> = {
  entity: ['entity', 'customer', 'parent', 'company'],
  item: ['item'],
  transaction: ['createdfrom'],
};

function pointsHere(account: Account, record: RecordData, field: string): boolean {
  const { db } = account.store;
  const own = `NOT (type = ? AND id = ?)`;
  const found = db
    .prepare(
      `SELECT 1 FROM record WHERE json_extract(data, '$.fields.${field}') = ? AND ${own} AND grp IN ('entity', 'transaction', 'event', 'item') LIMIT 1`,
    )
    .get(record.id, record.type, Number(record.id));
  return found !== undefined;
}

function isOnLines(account: Account, item: RecordData): boolean {
  account.store.ensureIndex('salesorder', 'item', 'item');
  const found = account.store.db
    .prepare(`SELECT 1 FROM line WHERE sublist = 'item' AND json_extract(data, '$.fields.item') = ? LIMIT 1`)
    .get(item.id);
  return found !== undefined;
}

/** A contact's company does not bind; its customer's transactions do. */
export function requireDeletable(account: Account, record: RecordData): void {
  const group = account.registry.type(record.type)?.group ?? '';
  if (group === 'item' && isOnLines(account, record)) throw dependentRecords();
  for (const field of BINDING[group] ?? []) {
    account.store.ensureIndex(record.type, field);
    if (pointsHere(account, record, field)) throw dependentRecords();
  }
}

/** What a deleted transaction had done to the one it came from is undone. */
export function applyRemoval(account: Account, execution: Execution, record: RecordData): void {
  recountSource(account, execution, record);
}
