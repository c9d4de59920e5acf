import type { CrmWrite } from '../delivery/crm-adapter';

/**
 * Records whose id is known are updated by it (`idField`); the others are found by their external id or unique property, one field a
 * call. What can be found by neither is in no group.
 */
export function groupByTarget(items: readonly CrmWrite[], idField: string): Map<string, CrmWrite[]> {
  const groups = new Map<string, CrmWrite[]>();
  for (const item of items) {
    const by = item.crmId !== null ? idField : item.match?.field;
    if (by !== undefined) groups.set(by, [...(groups.get(by) ?? []), item]);
  }
  return groups;
}
