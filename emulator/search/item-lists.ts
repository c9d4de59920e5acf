import { givenOr } from '../suiteql/catalog/uncomputed';
import { ITEM_TYPES } from '../suiteql/catalog/item-types';
import { computed, extract, rawField } from './fields';
import type { SearchField } from './field-type';
import type { SearchBase } from './search-type';

/** Lists of an item that searches show flat, a row for each line: name of the internal join → sublist (Oracle's records reference, item search). */
const LISTS: Record<string, string> = { itemmembers: 'member', itemvendors: 'itemvendor' };

export const isItemBase = (base: SearchBase): boolean =>
  base.kind === 'record' && (base.group === 'item' || base.types.some((type) => type in ITEM_TYPES));

/** The sublist behind such an internal join; undefined when the name is none or the search is not for items. */
export const itemList = (base: SearchBase, name: string): string | undefined =>
  isItemBase(base) && Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;

const own = (alias: string, field: string): string => extract(`${alias}.data`, field);
/** A vendor's price in another currency than the account's is nothing that the list says in the account's. */
const vendorCost = (line: string): SearchField => {
  const isForeign = `COALESCE(${own(line, 'vendorcurrency')}, '1') <> '1'`;
  const refused = givenOr('NULL', 'item', 'vendorcost', `${line}.id`);
  const price = own(line, 'purchaseprice');
  return computed(
    `CASE WHEN ${price} IS NULL THEN NULL WHEN ${isForeign} THEN ${refused} ELSE ${price} END`,
    'currency',
  );
};

interface ListedColumn {
  list: string;
  make: (line: string) => SearchField;
}

const COLUMNS: Record<string, ListedColumn> = {
  memberitem: { list: 'itemmembers', make: (line) => rawField(own(line, 'item'), 'select', 'item') },
  memberquantity: { list: 'itemmembers', make: (line) => rawField(own(line, 'quantity'), 'float') },
  othervendor: { list: 'itemvendors', make: (line) => rawField(own(line, 'vendor'), 'select', 'vendor') },
  vendorcode: { list: 'itemvendors', make: (line) => rawField(own(line, 'vendorcode'), 'text') },
  vendorcost: { list: 'itemvendors', make: vendorCost },
  vendorcostentered: { list: 'itemvendors', make: (line) => rawField(own(line, 'purchaseprice'), 'currency') },
  vendorpricecurrency: {
    list: 'itemvendors',
    make: (line) =>
      rawField(
        `CASE WHEN ${own(line, 'vendor')} IS NOT NULL THEN COALESCE(${own(line, 'vendorcurrency')}, '1') END`,
        'select',
        'currency',
      ),
  },
};

/** Columns of items that stand for lines of their members or vendors; naming one gives a row for each line. */
export const listedColumn = (base: SearchBase, name: string): ListedColumn | undefined =>
  isItemBase(base) && Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;

/** What the join `memberitem` follows: the member on the row of the list. */
export const memberOf = (line: string): string => own(line, 'item');
