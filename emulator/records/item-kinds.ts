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
