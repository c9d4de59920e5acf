import { extract, rawField } from './fields';
import type { SearchField } from './field-type';

/** The assignments in the inventory detail of a line, as rows of a join; a main line has none. */
export const assignmentRows = (line: string | null): string =>
  line === null
    ? `json_each('[]')`
    : `json_each(${line}.data, '$.subrecords.inventorydetail.sublists.inventoryassignment')`;

/** Columns of the join `inventorydetail`: what was issued is named by its number's id, what was received by its text and item. */
export function assignmentField(alias: string, line: string | null, name: string): SearchField | undefined {
  const own = (field: string): string => extract(`${alias}.value`, field);
  switch (name) {
    case 'inventorynumber':
      return rawField(
        `COALESCE(${own('issueinventorynumber')}, (SELECT CAST(n.id AS TEXT) FROM record n WHERE n.type = 'inventorynumber' ` +
          `AND ${extract('n.data', 'inventorynumber')} = ${own('receiptinventorynumber')}` +
          `${line === null ? '' : ` AND ${extract('n.data', 'item')} = ${extract(`${line}.data`, 'item')}`}))`,
        'select',
        'inventorynumber',
      );
    case 'quantity':
      return rawField(own('quantity'), 'float');
    case 'expirationdate':
      return rawField(own('expirationdate'), 'date');
    default:
      return undefined;
  }
}
