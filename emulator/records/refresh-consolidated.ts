import type { Account, RecordData } from '../kernel/types';
import { add, number } from './money';
import { refreshOverdue } from './settle-documents';

const FIGURES = [
  ['consolbalance', 'balance'],
  ['consoloverduebalance', 'overduebalance'],
  ['consoldepositbalance', 'depositbalance'],
  ['consolunbilledorders', 'unbilledorders'],
] as const;

/** The customer at the top and all below it; `customer` alone stands for itself with what was worked out already. */
function hierarchyOf(account: Account, customer: RecordData): RecordData[] {
  account.store.ensureIndex('customer', 'parent');
  const ids = account.store.db
    .prepare<[string, string | null], { id: number }>(
      `WITH RECURSIVE up(id, parent) AS (SELECT CAST(? AS INTEGER), ?
         UNION SELECT p.id, json_extract(p.data, '$.fields.parent') FROM up JOIN record p ON p.type = 'customer' AND p.id = CAST(up.parent AS INTEGER)),
       tree(id) AS (SELECT id FROM up
         UNION SELECT c.id FROM tree JOIN record c ON c.type = 'customer' AND json_extract(c.data, '$.fields.parent') = CAST(tree.id AS TEXT))
       SELECT id FROM tree`,
    )
    .all(customer.id!, (customer.fields.parent as string | null | undefined) ?? null);
  return ids.flatMap(({ id }) => {
    const found = String(id) === customer.id ? customer : account.store.get('customer', String(id));
    return found ? [found] : [];
  });
}

/** A customer's own figures as of `day` and those of its whole hierarchy, which each of its customers shows (page bridgehead_N1288603). */
export function refreshConsolidated(account: Account, entity: RecordData, day: string): void {
  if (!refreshOverdue(account, entity, day) || entity.type !== 'customer') return;
  const all = hierarchyOf(account, entity);
  for (const one of all) if (one !== entity) refreshOverdue(account, one, day);
  for (const [field, own] of FIGURES) entity.fields[field] = add(all.map(({ fields }) => number(fields[own])));
  const days = all.map(({ fields }) => number(fields.daysoverdue));
  entity.fields.consoldaysoverdue = Math.max(...days) || null;
}
