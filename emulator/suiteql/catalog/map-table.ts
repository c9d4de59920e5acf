import { rawColumn } from './column';
import type { CatalogSettings } from './record-table';
import { SublistTable } from './sublist-table';
import { type Table, typeList } from './table';
import { RECORD_TABLES } from './table-specs';

/** `MAP_<record>_<field>`: one row for each value of a multiple-select field; `mapone` is the record, `maptwo` the value. */
export function multiselectTable(name: string, settings: CatalogSettings): Table | undefined {
  const found = split(name.slice(4), settings);
  if (!found) return undefined;
  const { types, field, target } = found;
  return new SublistTable(
    {
      label: name,
      types,
      sublists: [],
      registryFields: false,
      from: (seen) =>
        `(SELECT r.type, r.id, '' AS sublist, m.key AS seq, m.value AS data FROM record r, json_each(r.data, '$.fields.${field}') m WHERE ${typeList('r.type', seen)})`,
      columns: {
        mapone: { make: (row) => ({ sql: `${row}.id`, type: 'number', constant: false }) },
        maptwo: { make: (row) => rawColumn(`${row}.data`, 'key', target) },
      },
    },
    settings,
  );
}

function split(
  rest: string,
  { registry }: CatalogSettings,
): { types: string[]; field: string; target: string | undefined } | undefined {
  for (let at = rest.indexOf('_'); at > 0; at = rest.indexOf('_', at + 1)) {
    const record = rest.slice(0, at);
    const field = rest.slice(at + 1);
    const types = RECORD_TABLES[record]?.types ?? (registry.type(record) ? [record] : []);
    for (const type of types) {
      const meta = registry.type(type)?.fields[field];
      if (meta?.type === 'multiselect') return { types, field, target: meta.selectType };
    }
  }
  return undefined;
}
