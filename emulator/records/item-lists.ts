import type { Account, LineData, RecordData, TypeMeta } from '../kernel/types';
import { isStocked, itemTypeOf } from './item-kinds';

/**
 * Lists that an item's form always shows in full: price levels (a list a currency, `price1` …; `price` without currencies) and locations.
 * Only lines with something in them are stored.
 */
const PRICE_LIST = /^price\d*$/;
const MOST_PRICE_LISTS = 5;

/** The price list of each currency, in order of id. */
function priceLists(account: Account): { sublist: string; currency: string | null }[] {
  if (!account.feature('MULTICURRENCY')) return [{ sublist: 'price', currency: null }];
  const currencies = account.store.list('currency', { limit: MOST_PRICE_LISTS });
  return currencies.map((currency, index) => ({ sublist: `price${index + 1}`, currency: currency.id }));
}

/** Known lines in the order of what they stand for, missing ones empty, strangers at the end. */
function complete(
  lines: LineData[],
  ids: string[],
  idOf: (line: LineData) => string,
  make: (id: string) => LineData,
): LineData[] {
  const known = new Map(lines.map((line) => [idOf(line), line]));
  const ordered = ids.map((id) => known.get(id) ?? make(id));
  return [...ordered, ...lines.filter((line) => !ids.includes(idOf(line)))];
}

function offerPrices(account: Account, meta: TypeMeta, record: RecordData): void {
  const levels = account.store.list('pricelevel').filter((level) => level.fields.isinactive !== true);
  const names = new Map(levels.map((level) => [level.id!, level.fields.name ?? null]));
  for (const { sublist, currency } of priceLists(account)) {
    if (!meta.sublists[sublist]) continue;
    const make = (id: string): LineData => ({
      fields: { pricelevel: id, pricelevelname: names.get(id) ?? null, currency },
    });
    const idOf = (line: LineData): string => String(line.fields.pricelevel ?? '1');
    record.sublists[sublist] = complete(record.sublists[sublist] ?? [], [...names.keys()], idOf, make);
  }
}

function offerLocations(account: Account, record: RecordData): void {
  const locations = account.store.list('location').filter((location) => location.fields.isinactive !== true);
  const names = new Map(locations.map((location) => [location.id!, location.fields.name ?? null]));
  const make = (id: string): LineData => ({
    fields: { location: id, locationid: id, location_display: names.get(id) ?? null },
  });
  const idOf = (line: LineData): string => String(line.fields.location ?? line.fields.locationid ?? '');
  record.sublists.locations = complete(record.sublists.locations ?? [], [...names.keys()], idOf, make);
}

export function offerItemLists(account: Account, meta: TypeMeta, record: RecordData): void {
  if (meta.group !== 'item') return;
  offerPrices(account, meta, record);
  if (meta.sublists.locations && account.feature('MULTILOCINVT') && isStocked(itemTypeOf(meta.id)))
    offerLocations(account, record);
}

const LABELS = new Set([
  'pricelevel',
  'pricelevelname',
  'currency',
  'location',
  'locationid',
  'location_display',
  'discount',
  'discountdisplay',
]);
const hasContent = (line: LineData): boolean =>
  Object.entries(line.fields).some(([id, value]) => !LABELS.has(id) && value !== null && value !== '');

export function keepFilledLines(meta: TypeMeta, record: RecordData): void {
  if (meta.group !== 'item') return;
  for (const [id, lines] of Object.entries(record.sublists)) {
    if (PRICE_LIST.test(id) || id === 'locations') record.sublists[id] = lines.filter(hasContent);
  }
}
