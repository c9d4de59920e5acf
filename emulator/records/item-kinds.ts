import type { RecordData } from '../kernel/types';

/** `itemtype` as lines and searches know it. */
const ITEM_TYPES: Record<string, string> = {
  inventoryitem: 'InvtPart',
  lotnumberedinventoryitem: 'InvtPart',
  serializedinventoryitem: 'InvtPart',
  assemblyitem: 'Assembly',
  lotnumberedassemblyitem: 'Assembly',
  serializedassemblyitem: 'Assembly',
  kititem: 'Kit',
  itemgroup: 'Group',
  discountitem: 'Discount',
  markupitem: 'Markup',
  subtotalitem: 'Subtotal',
  descriptionitem: 'Description',
  paymentitem: 'Payment',
  giftcertificateitem: 'GiftCert',
  downloaditem: 'DwnLdItem',
  shipitem: 'ShipItem',
  salestaxitem: 'TaxItem',
  taxgroup: 'TaxGroup',
};

export function itemTypeOf(type: string): string {
  if (ITEM_TYPES[type]) return ITEM_TYPES[type];
  if (type.startsWith('noninventory')) return 'NonInvtPart';
  if (type.startsWith('service')) return 'Service';
  return type.startsWith('othercharge') ? 'OthCharge' : 'InvtPart';
}

export const kindOf = (item: RecordData): string => itemTypeOf(item.type);

/** Kinds whose lines carry no quantity; their amount follows from other lines. */
export const isPriceModifier = (kind: string | undefined): boolean => kind === 'Discount' || kind === 'Markup';
export const isWithoutQuantity = (kind: string | undefined): boolean =>
  isPriceModifier(kind) || kind === 'Subtotal' || kind === 'Description' || kind === 'Payment' || kind === 'EndGroup';

/** What leaves the warehouse and so is on an item fulfilment: goods, and by "Can be Fulfilled" the rest (on for goods without stock, off for services). */
export function isFulfillable(item: RecordData): boolean {
  const kind = kindOf(item);
  if (kind === 'InvtPart' || kind === 'Assembly' || kind === 'Kit') return true;
  if (kind === 'NonInvtPart' || kind === 'OthCharge') return item.fields.isfulfillable !== false;
  return kind === 'Service' && item.fields.isfulfillable === true;
}

export const isStocked = (kind: string): boolean => kind === 'InvtPart' || kind === 'Assembly';

const AVERAGE = new Set(['InvtPart', 'Assembly']);
const WITHOUT_COST = new Set([
  'Discount',
  'Markup',
  'Subtotal',
  'Description',
  'Payment',
  'Group',
  'EndGroup',
  'ShipItem',
  'TaxItem',
  'TaxGroup',
]);

/** How the cost of an item is estimated: as the item says, else by its kind (page section_N1758354). */
export function costEstimateType(item: RecordData): string | undefined {
  const kind = kindOf(item);
  if (WITHOUT_COST.has(kind)) return undefined;
  const { costestimatetype, subtype } = item.fields;
  if (typeof costestimatetype === 'string' && costestimatetype !== '') return costestimatetype;
  if (AVERAGE.has(kind)) return 'AVGCOST';
  if (kind === 'Kit') return 'MEMBERDEFINED';
  return item.type.includes('resale') || subtype === 'Resale' ? 'LASTPURCHPRICE' : 'ITEMDEFINED';
}
