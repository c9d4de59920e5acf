import type { CrmWrite } from '../delivery/crm-adapter';

/** Writes of one call: all find their record by the same field, and each names another record. */
export interface WriteGroup {
  /** The id field, or the external id or unique property. */
  by: string;
  /** May records be created that are not found? */
  create: boolean;
  items: CrmWrite[];
}

/** The value by which a write finds its record. */
export const targetOf = ({ crmId, match }: CrmWrite): string => crmId ?? match?.value ?? '';

/**
 * Records whose id is known are updated by it (`idField`); the others are found by their external id or unique property, one field a
 * call. A record that is written twice stands in two groups, in order: CRMs refuse a call that names one twice. What can be found by
 * neither is in no group.
 */
export function groupByTarget(items: readonly CrmWrite[], idField: string): WriteGroup[] {
  const groups = new Map<string, WriteGroup>();
  const seen = new Map<string, number>();
  for (const item of items) {
    const by = item.crmId !== null ? idField : item.match?.field;
    if (by === undefined) continue;
    const create = item.crmId === null && item.create === true;
    const target = `${by}\u0000${targetOf(item).toLowerCase()}`;
    const round = seen.get(target) ?? 0;
    seen.set(target, round + 1);
    const name = `${round}\u0000${by}\u0000${String(create)}`;
    const group = groups.get(name) ?? { by, create, items: [] };
    group.items.push(item);
    groups.set(name, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(([, one]) => one);
}
