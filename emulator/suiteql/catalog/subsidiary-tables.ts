import { extract, ownerColumn, rawColumn } from './column';
import { ITEM_TYPES } from './item-types';
import type { SublistTableSpec } from './sublist-table';
import { typeList } from './table';

const STAGES = ['customer', 'lead', 'prospect'];
const ITEMS = Object.keys(ITEM_TYPES);

/** A record's `subsidiary` as rows: it holds one id, or several in a multiple select. */
const ofField = (types: string[]): string =>
  `(SELECT r.type, r.id, '' AS sublist, m.key AS seq, json_object('fields', json_object('subsidiary', CAST(m.value AS TEXT))) AS data ` +
  `FROM record r, json_each(CASE json_type(r.data, '$.fields.subsidiary') WHEN 'array' THEN json_extract(r.data, '$.fields.subsidiary') ` +
  `ELSE json_array(json_extract(r.data, '$.fields.subsidiary')) END) m WHERE ${typeList('r.type', types)} AND m.value IS NOT NULL)`;

/** A customer's own subsidiary, and those of its sublist `submachine`. */
const ofCustomer = (types: string[]): string =>
  `(SELECT r.type, r.id, '' AS sublist, -1 AS seq, json_object('fields', json_object('subsidiary', json_extract(r.data, '$.fields.subsidiary'), 'isprimarysub', 1)) AS data ` +
  `FROM record r WHERE ${typeList('r.type', types)} AND json_extract(r.data, '$.fields.subsidiary') IS NOT NULL ` +
  `UNION ALL SELECT n.type, n.id, n.sublist, n.seq, n.data FROM line n JOIN record p ON p.type = n.type AND p.id = n.id WHERE n.sublist = 'submachine' AND ${typeList('n.type', types)} ` +
  `AND COALESCE(json_extract(n.data, '$.fields.subsidiary'), '') <> COALESCE(json_extract(p.data, '$.fields.subsidiary'), ''))`;

const table = (label: string, owner: string, types: string[], from: (types: string[]) => string): SublistTableSpec => ({
  label,
  types,
  sublists: [],
  registryFields: false,
  from,
  columns: {
    [owner]: { make: ownerColumn(owner) },
    subsidiary: { make: (row) => rawColumn(extract(`${row}.data`, 'subsidiary'), 'key', 'subsidiary') },
  },
});

/** Which records belong to which subsidiary: tables of the analytics data source beside `item`, `location` and `customer`. */
export const SUBSIDIARY_TABLES: Record<string, SublistTableSpec> = {
  itemsubsidiarymap: table('ItemSubsidiaryMap', 'item', ITEMS, ofField),
  locationsubsidiarymap: table('LocationSubsidiaryMap', 'location', ['location'], ofField),
  customersubsidiaryrelationship: {
    ...table('CustomerSubsidiaryRelationship', 'entity', STAGES, ofCustomer),
    columns: {
      ...table('', 'entity', STAGES, ofCustomer).columns,
      isprimarysub: {
        make: (row) => ({
          sql: `CASE WHEN ${extract(`${row}.data`, 'isprimarysub')} = 1 THEN 'T' ELSE 'F' END`,
          type: 'bool',
          constant: false,
        }),
      },
    },
  },
};
