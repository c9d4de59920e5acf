import type { Database, Statement } from 'better-sqlite3';
import type { Account, Fields, RecordData, Value } from '../kernel/types';
import { decimalsOf, divide, multiply, number } from './money';

export const BASE_PRICE_LEVEL = '1';
export const CUSTOM_PRICE_LEVEL = '-1';

interface PriceQuery {
  item: RecordData;
  level: string;
  currency: Value | undefined;
  quantity: number;
  customer?: RecordData | undefined;
  /** Base currency of the transaction, and what one unit of its own is worth in it. */
  base: () => string;
  exchangerate: number;
}

/** Unit price of a break: columns `price_1_`, `price_2_` … start at the quantities of the matrix header. */
function breakPrice(item: RecordData, sublist: string, line: Fields, quantity: number): number | undefined {
  let found: number | undefined;
  for (let column = 1; column < 60; column++) {
    const price = line[`price_${column}_`];
    const from = column === 1 ? 0 : item.fields[`${sublist}_price_header_${column}_`];
    if (price === undefined || price === null || from === undefined) break;
    if (quantity >= number(from)) found = number(price);
  }
  return (
    found ??
    (line.price === undefined
      ? line.unitprice === undefined
        ? undefined
        : number(line.unitprice)
      : number(line.price))
  );
}

function matrixPrice({ item, level, currency, quantity }: PriceQuery): number | undefined {
  for (const sublist of Object.keys(item.sublists).filter((id) => /^price\d*$/.test(id))) {
    const position = Number(sublist.slice('price'.length) || 1);
    for (const { fields } of item.sublists[sublist]!) {
      const lineCurrency = fields.currency ?? String(position);
      if (
        String(fields.pricelevel ?? BASE_PRICE_LEVEL) === level &&
        (currency === undefined || String(lineCurrency) === currency)
      ) {
        return breakPrice(item, sublist, fields, quantity);
      }
    }
  }
  return undefined;
}

/** The line of a customer's own item prices that stands for an item. */
export const customerPricing = (
  customer: RecordData | undefined,
  item: RecordData,
  currency: Value | undefined,
): Fields | undefined =>
  (customer?.sublists.itempricing ?? []).find(
    ({ fields }) => fields.item === item.id && (!fields.currency || fields.currency === currency),
  )?.fields;

function customerPrice({ customer, item, currency }: PriceQuery): number | undefined {
  const price = customerPricing(customer, item, currency)?.price;
  return price === undefined || price === null ? undefined : number(price);
}

/** Pricing rows of an item, through the index on `item`; most accounts keep prices on the item itself and have none. */
function recordedPrice(account: Account, { item, level, currency }: PriceQuery): number | undefined {
  account.store.ensureIndex('pricing', 'item');
  const rows = pricingLookup(account.store.db).all(item.id) as {
    level: string;
    currency: string | null;
    price: number;
  }[];
  return rows.find((row) => row.level === level && (row.currency === null || row.currency === currency))?.price;
}

const lookups = new WeakMap<Database, Statement<[string | null]>>();

function pricingLookup(db: Database): Statement<[string | null]> {
  const known = lookups.get(db);
  if (known) return known;
  const field = (id: string): string => `json_extract(data, '$.fields.${id}')`;
  const statement = db.prepare<[string | null]>(
    `SELECT ${field('pricelevel')} AS level, ${field('currency')} AS currency, ${field('unitprice')} AS price FROM record WHERE type = 'pricing' AND ${field('item')} = ?`,
  );
  lookups.set(db, statement);
  return statement;
}

/** In one currency: the item's price matrix for the level, pricing rows, then the base price with the level's markup or discount. */
function listPrice(account: Account, query: PriceQuery, otherwise: Value | undefined): number | undefined {
  const direct = matrixPrice(query) ?? recordedPrice(account, query);
  if (direct !== undefined) return direct;
  const base = matrixPrice({ ...query, level: BASE_PRICE_LEVEL }) ?? otherwise;
  if (base === undefined || base === null) return undefined;
  const discount =
    query.level === BASE_PRICE_LEVEL
      ? 0
      : number(account.store.get('pricelevel', query.level)?.fields.discountpct ?? 0);
  return discount === 0 ? number(base) : multiply(number(base), 1 + discount / 100, 8);
}

/**
 * Sales price of an item: the customer's own price, else that of its list in the currency of the transaction, else that in base currency, converted
 * (page section_N2183023). Undefined when the item has no price.
 */
export function itemPrice(account: Account, query: PriceQuery): number | undefined {
  const { currency, base, exchangerate } = query;
  const { fields } = query.item;
  const plain = fields.baseprice ?? fields.price ?? fields.rate;
  // A rate of 1 converts nothing, and saves looking for the base currency.
  const isForeign = exchangerate !== 1 && typeof currency === 'string' && currency !== base();
  const own = customerPrice(query) ?? listPrice(account, query, isForeign ? undefined : plain);
  if (own !== undefined || !isForeign) return own;
  const price = listPrice(account, { ...query, currency: base() }, plain);
  return price === undefined ? undefined : divide(price, exchangerate, decimalsOf(account, currency));
}

/** What a vendor charges: the preferred vendor's price, or the item's purchase price. */
export function itemCost(item: RecordData, vendor: Value | undefined): number | undefined {
  const lines = item.sublists.itemvendor ?? [];
  const line =
    lines.find(({ fields }) => fields.vendor === vendor) ?? lines.find(({ fields }) => fields.preferredvendor === true);
  const cost = line?.fields.purchaseprice ?? item.fields.cost ?? item.fields.lastpurchaseprice;
  return cost === undefined || cost === null ? undefined : number(cost);
}
