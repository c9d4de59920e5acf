/**
 * Fields no operation may carry. NetSuite computes them, or they are the books' own: a CRM that sets them corrupts orders silently
 * (totals and tax), breaks numbering (tranid) or line identity (lineuniquekey, line).
 */
const DENIED: ReadonlySet<string> = new Set([
  'total',
  'subtotal',
  'taxtotal',
  'tax2total',
  'taxrate',
  'taxrate1',
  'taxrate2',
  'taxcode',
  'taxamount',
  'tax1amt',
  'taxitem',
  'istaxable',
  'discounttotal',
  'shippingcost',
  'handlingcost',
  'estgrossprofit',
  'tranid',
  'transactionnumber',
  'lineuniquekey',
  'line',
  'linesequencenumber',
  'balance',
  'exchangerate',
  'lastmodifieddate',
  'datecreated',
  'createddate',
  'internalid',
  'id',
]);

/** Stamps are written by the script alone. */
export const isDenied = (field: string): boolean =>
  DENIED.has(field) || /^cust(entity|body|item|event|record)_srl_/.test(field);
