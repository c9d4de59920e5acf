import type { Account, LineData, RecordData, TypeMeta, Value } from '../kernel/types';
import { baseCurrency } from './base-currency';
import { sourceOrdering } from './drop-ship';
import { sourceCost } from './estimate-costs';
import { findReference } from './find-record';
import { isFulfillable, isPriceModifier, isWithoutQuantity, kindOf } from './item-kinds';
import { BASE_PRICE_LEVEL, CUSTOM_PRICE_LEVEL, customerPricing, itemCost, itemPrice } from './item-price';
import { add, decimalsOf, divide, isPercent, multiply, number } from './money';
import { derive, isTouched } from './touched';

const PURCHASE_TYPES = new Set([
  'purchaseorder',
  'vendorbill',
  'vendorcredit',
  'vendorreturnauthorization',
  'purchaserequisition',
  'blanketpurchaseorder',
  'purchasecontract',
  'check',
]);
/** Lines that only move goods: no price. */
const WITHOUT_PRICE = new Set([
  'itemfulfillment',
  'itemreceipt',
  'transferorder',
  'inventoryadjustment',
  'inventorytransfer',
  'workorder',
  'assemblybuild',
]);

export interface LineContext {
  account: Account;
  meta: TypeMeta;
  record: RecordData;
}

const itemOf = ({ account }: LineContext, line: LineData): RecordData | undefined =>
  typeof line.fields.item === 'string' ? findReference(account, 'item', line.fields.item) : undefined;

/** Everything a line takes from its item when the item is chosen. */
export function sourceItem(context: LineContext, line: LineData): void {
  const item = itemOf(context, line);
  if (!item) return;
  const kind = kindOf(item);
  const purchase = PURCHASE_TYPES.has(context.meta.id);
  derive(line, 'itemtype', kind);
  line.fields.fulfillable = isFulfillable(item);
  const text =
    (purchase ? item.fields.purchasedescription : item.fields.salesdescription) ??
    item.fields.description ??
    item.fields.salesdescription;
  if (text !== undefined && text !== null) derive(line, 'description', text);
  const unit = purchase ? item.fields.purchaseunit : item.fields.saleunit;
  if (unit !== undefined && unit !== null) derive(line, 'units', unit);
  for (const segment of ['department', 'class', 'location']) sourceSegment(context, line, item, segment);
  if (!isWithoutQuantity(kind) && line.fields.quantity === undefined) derive(line, 'quantity', 1);
  sourceOrdering(context.meta, line, item);
  if (WITHOUT_PRICE.has(context.meta.id)) return;
  sourceCost(context.account, context.meta, context.record, line, item);
  if (purchase) deriveRate(line, itemCost(item, context.record.fields.entity));
  else if (isPriceModifier(kind)) deriveModifier(line, item);
  else if (!isWithoutQuantity(kind)) sourcePrice(context, line, item);
}

/** Another way to estimate the cost of a line was chosen. */
export function sourceCostOf(context: LineContext, line: LineData): void {
  const item = itemOf(context, line);
  if (item) sourceCost(context.account, context.meta, context.record, line, item);
}

function sourceSegment({ meta }: LineContext, line: LineData, item: RecordData, segment: string): void {
  const value = item.fields[segment];
  if (value === undefined || value === null || !meta.sublists.item?.fields[segment]) return;
  if (line.fields[segment] === undefined) derive(line, segment, value);
}

function deriveRate(line: LineData, rate: number | undefined): void {
  if (rate !== undefined && !isTouched(line, 'amount')) derive(line, 'rate', rate);
}

function deriveModifier(line: LineData, item: RecordData): void {
  if (item.fields.rate !== undefined) derive(line, 'rate', item.fields.rate);
  derive(line, 'price', CUSTOM_PRICE_LEVEL);
}

/** Price level and rate: the line's own level, else the customer's, else base. A rate set on purpose makes the level Custom. */
export function sourcePrice(context: LineContext, line: LineData, item = itemOf(context, line)): void {
  if (!item || isWithoutQuantity(kindOf(item))) return;
  const { account, record } = context;
  const customer =
    typeof record.fields.entity === 'string' ? findReference(account, 'customer', record.fields.entity) : undefined;
  if (!isTouched(line, 'price')) {
    const ownRate = isTouched(line, 'rate') || isTouched(line, 'amount');
    const own = customerPricing(customer, item, record.fields.currency);
    const level = own ? (own.level ?? CUSTOM_PRICE_LEVEL) : (customer?.fields.pricelevel ?? BASE_PRICE_LEVEL);
    line.fields.price = ownRate ? CUSTOM_PRICE_LEVEL : String(level);
    if (own?.price !== undefined && own.price !== null && !ownRate) return deriveRate(line, number(own.price));
  }
  const level = String(line.fields.price ?? BASE_PRICE_LEVEL);
  if (level === CUSTOM_PRICE_LEVEL) return;
  const quantity = number(line.fields.quantity ?? 1);
  deriveRate(
    line,
    itemPrice(account, {
      item,
      level,
      currency: record.fields.currency ?? undefined,
      quantity,
      customer,
      base: () => baseCurrency(account, record.fields.subsidiary),
      exchangerate: number(record.fields.exchangerate ?? 1) || 1,
    }),
  );
}

const kindOfLine = (context: LineContext, line: LineData): string | undefined => {
  const known = line.fields.itemtype;
  if (typeof known === 'string') return known;
  const item = itemOf(context, line);
  return item && kindOf(item);
};

/** The amount of what a discount or markup applies to: the line above (page section_N2248474), which for the end of an item group is the group. */
function amountAbove(context: LineContext, lines: LineData[], index: number, decimals: number): number {
  const above = lines[index - 1];
  if (!above || kindOfLine(context, above) !== 'EndGroup') return number(above?.fields.amount);
  let start = index - 1;
  while (start > 0 && kindOfLine(context, lines[start - 1]!) !== 'Group') start--;
  return add(
    lines.slice(start, index - 1).map(({ fields }) => (fields.itemtype === 'Subtotal' ? 0 : number(fields.amount))),
    decimals,
  );
}

function subtotalAbove(context: LineContext, lines: LineData[], index: number, decimals: number): number {
  let start = index;
  while (start > 0 && kindOfLine(context, lines[start - 1]!) !== 'Subtotal') start--;
  return add(
    lines.slice(start, index).map(({ fields }) => number(fields.amount)),
    decimals,
  );
}

const explicitOnly = (line: LineData, field: string, other: string): boolean =>
  isTouched(line, field) && !isTouched(line, other);

/** Quantity, rate and amount of one line, from those that were given. */
export function computeLine(context: LineContext, lines: LineData[], index: number): void {
  const line = lines[index]!;
  const { fields } = line;
  if (WITHOUT_PRICE.has(context.meta.id) || !context.meta.sublists.item?.fields.amount) return;
  const decimals = decimalsOf(context.account, context.record.fields.currency);
  const kind = kindOfLine(context, line);
  if (kind === 'Description' || kind === 'EndGroup' || kind === 'Group') return;
  // Nobody changed it: it keeps its amount, which need not be quantity times rate.
  if (!line.touched?.length && fields.amount !== undefined && kind !== 'Subtotal' && !isPercent(fields.rate)) return;
  if (kind === 'Subtotal') {
    fields.amount = subtotalAbove(context, lines, index, decimals);
  } else if (isPercent(fields.rate)) {
    if (!isTouched(line, 'amount'))
      fields.amount = multiply(amountAbove(context, lines, index, decimals), number(fields.rate) / 100, decimals);
  } else if (isPriceModifier(kind)) {
    if (!isTouched(line, 'amount')) fields.amount = number(fields.rate);
  } else if (explicitOnly(line, 'amount', 'rate')) {
    const quantity = number(fields.quantity ?? 1);
    fields.rate = divide(number(fields.amount), quantity || 1, Math.max(decimals, 2));
  } else if (!isTouched(line, 'amount') || fields.amount === null) {
    computeAmount(fields, decimals);
  }
}

function computeAmount(fields: Record<string, Value>, decimals: number): void {
  if (fields.rate === undefined || fields.rate === null) return;
  fields.amount = multiply(number(fields.rate), number(fields.quantity ?? 1), decimals);
}
