import type { CrmAdapter, CrmWrite } from './crm-adapter';

/** Gives fields the ids of the CRM records that values name, in place; one that nobody has, or several, is left out. */
export async function fillLookups(adapter: CrmAdapter, items: CrmWrite[], signal: AbortSignal): Promise<void> {
  const wanted = new Map<string, { object: string; by: string; values: Set<string> }>();
  for (const { object, by, value } of items.flatMap(({ lookups = [] }) => lookups)) {
    const group = wanted.get(`${object}|${by}`) ?? { object, by, values: new Set<string>() };
    wanted.set(`${object}|${by}`, group);
    group.values.add(value);
  }
  const ids = new Map<string, string>();
  for (const [name, { object, by, values }] of wanted) {
    const found = await adapter.findRecords?.(object, by, [...values], ['IsActive'], signal);
    for (const [value, hits] of found ?? []) {
      const active = hits.filter(({ fields }) => fields['IsActive'] !== false);
      if (active.length === 1 && active[0]) ids.set(`${name}|${value}`, active[0].id);
    }
  }
  items.forEach((item, at) => {
    if (item.lookups === undefined) return;
    const { lookups, ...plain } = item;
    const named = lookups.flatMap(({ to, object, by, value }) => {
      const id = ids.get(`${object}|${by}|${value.toLowerCase()}`);
      return id === undefined ? [] : [[to, id] as const];
    });
    items[at] = { ...plain, fields: { ...item.fields, ...Object.fromEntries(named) } };
  });
}
