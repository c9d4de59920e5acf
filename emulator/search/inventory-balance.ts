import { isStocked, itemTypeOf } from '../records/item-kinds';
import { ITEM_TYPES } from '../suiteql/catalog/item-types';
import { extract, rawField } from './fields';
import type { SearchField } from './field-type';
import type { SearchBase } from './search-type';

/**
 * Search type `inventorybalance`: what is on hand of an item at a location, by lot or serial number where the item has them. Bins and
 * statuses are kept by nothing here, so stock stands in none.
 */
const ID = 'inventorybalance';

export const balanceBase = (): SearchBase => ({
  kind: 'record',
  id: ID,
  types: Object.keys(ITEM_TYPES).filter((type) => isStocked(itemTypeOf(type))),
});
export const isBalance = (base: SearchBase): boolean => base.id === ID;

/** The item's line for the location, and the line of a number for the same one. */
const STOCK = 'sb';
const NUMBER = 'nb';
const own = (row: string, field: string): string => extract(`${row}.data`, field);
const place = (row: string): string => `COALESCE(${own(row, 'location')}, ${own(row, 'locationid')})`;
const amount = (field: string): string =>
  `CASE WHEN ${NUMBER}.id IS NULL THEN ${own(STOCK, field)} ELSE ${own(NUMBER, field)} END`;

export function balanceRows(item: string): { sql: string; where: string } {
  const numbers =
    `LEFT JOIN (record nr JOIN line ${NUMBER} ON ${NUMBER}.type = nr.type AND ${NUMBER}.id = nr.id AND ${NUMBER}.sublist = 'locations') ` +
    `ON nr.type = 'inventorynumber' AND ${own('nr', 'item')} = '' || ${item}.id AND ${place(NUMBER)} = ${place(STOCK)}`;
  return {
    sql: `record ${item} JOIN line ${STOCK} ON ${STOCK}.type = ${item}.type AND ${STOCK}.id = ${item}.id AND ${STOCK}.sublist = 'locations' ${numbers}`,
    where: `${amount('quantityonhand')} <> 0`,
  };
}

/** What a select of a row refers to, as its raw value and record type. */
export function balanceReference(item: string, name: string): [raw: string, target: string] | undefined {
  switch (name) {
    case 'item':
      return [`CAST(${item}.id AS TEXT)`, 'item'];
    case 'location':
      return [place(STOCK), 'location'];
    case 'inventorynumber':
      return [`CAST(${NUMBER}.id AS TEXT)`, 'inventorynumber'];
    case 'binnumber':
      return ['NULL', 'bin'];
    case 'status':
      return ['NULL', 'inventorystatus'];
    default:
      return undefined;
  }
}

export function balanceField(item: string, name: string): SearchField | undefined {
  const reference = balanceReference(item, name);
  if (reference) return rawField(reference[0], 'select', reference[1]);
  if (name === 'onhand') return rawField(amount('quantityonhand'), 'float');
  return name === 'available' ? rawField(amount('quantityavailable'), 'float') : undefined;
}
