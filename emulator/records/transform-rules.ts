import type { LineData, RecordData } from '../kernel/types';
import { addQuantities, number } from './money';

/** How many of a source line a transform takes along: what is still to be done. */
export type QuantityRule = 'all' | 'toFulfill' | 'toBill' | 'toReceive' | 'fulfilledToReceive' | 'toReturn';

export interface TransformRule {
  quantity: QuantityRule;
  /** The new lines point to the source's: `orderline`, `orderdoc`. */
  linked: boolean;
  /** Only goods that leave or reach the warehouse. */
  goodsOnly?: boolean;
  /** Order statuses in which the transform is possible. */
  whenStatus?: string;
  /** Expense lines come along. */
  expenses?: boolean;
}

const SALES_DOCUMENT: TransformRule = { quantity: 'all', linked: false };
const BILL: TransformRule = { quantity: 'toBill', linked: true, whenStatus: 'BDEF', expenses: true };

/** From and to, as `salesorder>invoice`. Lists: Oracle's records reference, transform types of each record. */
export const TRANSFORM_RULES: Record<string, TransformRule> = {
  'opportunity>estimate': SALES_DOCUMENT,
  'opportunity>salesorder': SALES_DOCUMENT,
  'opportunity>invoice': SALES_DOCUMENT,
  'opportunity>cashsale': SALES_DOCUMENT,
  'estimate>salesorder': SALES_DOCUMENT,
  'estimate>invoice': SALES_DOCUMENT,
  'estimate>cashsale': SALES_DOCUMENT,
  'salesorder>invoice': BILL,
  'salesorder>cashsale': BILL,
  'salesorder>itemfulfillment': { quantity: 'toFulfill', linked: true, goodsOnly: true, whenStatus: 'BDEF' },
  'salesorder>returnauthorization': { quantity: 'toReturn', linked: true, whenStatus: 'DEFGH' },
  'salesorder>purchaseorder': SALES_DOCUMENT,
  'invoice>creditmemo': { quantity: 'all', linked: false },
  'invoice>returnauthorization': { quantity: 'all', linked: true },
  'cashsale>cashrefund': { quantity: 'all', linked: false },
  'cashsale>returnauthorization': { quantity: 'all', linked: true },
  'itemfulfillment>returnauthorization': { quantity: 'all', linked: true },
  'returnauthorization>creditmemo': BILL,
  'returnauthorization>cashrefund': BILL,
  'returnauthorization>itemreceipt': { quantity: 'toReceive', linked: true, goodsOnly: true, whenStatus: 'BDE' },
  'purchaseorder>itemreceipt': { quantity: 'toReceive', linked: true, whenStatus: 'BDE' },
  'purchaseorder>vendorbill': BILL,
  'purchaserequisition>purchaseorder': { quantity: 'all', linked: true },
  'vendorbill>vendorcredit': { quantity: 'all', linked: false, expenses: true },
  'vendorreturnauthorization>itemfulfillment': {
    quantity: 'toFulfill',
    linked: true,
    goodsOnly: true,
    whenStatus: 'BD',
  },
  'vendorreturnauthorization>vendorcredit': BILL,
  'workorder>assemblybuild': { quantity: 'all', linked: false, whenStatus: 'ABD' },
  'transferorder>itemfulfillment': { quantity: 'toFulfill', linked: true, goodsOnly: true, whenStatus: 'BDE' },
  'transferorder>itemreceipt': { quantity: 'fulfilledToReceive', linked: true, goodsOnly: true, whenStatus: 'DEF' },
};

export function remainingQuantity(rule: QuantityRule, line: LineData): number {
  const { fields } = line;
  const quantity = number(fields.quantity);
  switch (rule) {
    case 'all':
      return quantity;
    case 'toFulfill':
      return addQuantities([quantity, -Math.max(number(fields.quantitypicked), number(fields.quantityfulfilled))]);
    case 'toBill':
      return addQuantities([quantity, -number(fields.quantitybilled)]);
    case 'toReceive':
      return addQuantities([quantity, -number(fields.quantityreceived)]);
    case 'fulfilledToReceive':
      return addQuantities([number(fields.quantityfulfilled), -number(fields.quantityreceived)]);
    case 'toReturn':
      return number(fields.quantityfulfilled) || quantity;
  }
}

export const isOpenFor = (rule: TransformRule, source: RecordData): boolean =>
  source.fields.voided !== true &&
  (rule.whenStatus === undefined || rule.whenStatus.includes(String(source.fields.orderstatus ?? 'B')));
