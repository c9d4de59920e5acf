import type { Account, LineData, RecordData, Value } from '../kernel/types';
import { divide, multiply, number } from './money';
import { findReference } from './find-record';
import { unpackKits } from './unpack-kits';

const QUANTITIES = ['quantity', 'quantityfulfilled', 'quantitybilled', 'quantityreceived', 'adjustqtyby'];
const PRICES = ['rate', 'unitcost'];
const LISTS = ['item', 'inventory'];

/** How many base units of the item's type one of the unit holds (page section_N2212143). */
function conversionRate(account: Account, item: RecordData, unit: Value | undefined): number {
  const type = item.fields.unitstype;
  if (unit === undefined || unit === null || typeof type !== 'string') return 1;
  const lines = account.store.get('unitstype', type)?.sublists.uom ?? [];
  const found = lines.find(({ fields }) => String(fields.internalid) === String(unit));
  return number(found?.fields.conversionrate) || 1;
}

/** From a unit to the stock unit and back; two rates rather than one, so that twelfths come out whole. */
export interface UnitRatio {
  toStock(quantity: number, decimals?: number): number;
  fromStock(quantity: number, decimals?: number): number;
}

const scaled = (value: number, times: number, by: number, decimals: number): number =>
  times === by ? value : divide(multiply(value, times, 12), by, decimals);

/** Undefined where the unit is the stock unit, or the item has none. */
export function unitRatio(account: Account, item: RecordData, unit: Value | undefined): UnitRatio | undefined {
  if (unit === undefined || unit === null) return undefined;
  const [times, by] = [conversionRate(account, item, unit), conversionRate(account, item, item.fields.stockunit)];
  if (times === by) return undefined;
  return {
    toStock: (quantity, decimals = 5) => scaled(quantity, times, by, decimals),
    fromStock: (quantity, decimals = 5) => scaled(quantity, by, times, decimals),
  };
}

function convert(account: Account, line: LineData): LineData {
  const { fields } = line;
  const item =
    typeof fields.item === 'string' && fields.units ? findReference(account, 'item', fields.item) : undefined;
  const ratio = item && unitRatio(account, item, fields.units);
  if (!ratio) return line;
  const changed = { ...fields };
  for (const id of QUANTITIES) if (typeof fields[id] === 'number') changed[id] = ratio.toStock(number(fields[id]));
  for (const id of PRICES) if (typeof fields[id] === 'number') changed[id] = ratio.fromStock(number(fields[id]), 8);
  return { ...line, fields: changed };
}

const isWrittenOff = ({ fields }: LineData): boolean => fields.restock === false;

/** What customers send back and nobody restocks is written off: it does not come into the stock again (page section_N1308274). */
function withoutWriteOffs(account: Account, record: RecordData): RecordData {
  const { item } = record.sublists;
  if (record.type !== 'itemreceipt' || !item?.some(isWrittenOff)) return record;
  const from = record.fields.createdfrom;
  const source = typeof from === 'string' ? findReference(account, 'transaction', from) : undefined;
  if (source?.type !== 'returnauthorization') return record;
  return { ...record, sublists: { ...record.sublists, item: item.filter((line) => !isWrittenOff(line)) } };
}

/** A record as the stock sees it: kits are kept as their members, and boxes as what is in them. */
export function asStock(account: Account, record: RecordData): RecordData {
  const unpacked = unpackKits(account, withoutWriteOffs(account, record));
  const lists = LISTS.filter((id) => unpacked.sublists[id]?.some(({ fields }) => Boolean(fields.units)));
  if (lists.length === 0) return unpacked;
  const sublists = { ...unpacked.sublists };
  for (const id of lists) sublists[id] = sublists[id]!.map((line) => convert(account, line));
  return { ...unpacked, sublists };
}
