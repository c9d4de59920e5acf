/**
 * Fields no operation may carry. NetSuite computes them, or they are the books' own: a CRM that sets them corrupts orders silently
 * (totals and tax), breaks numbering (tranid) or line identity (lineuniquekey, line).
 */
const DENIED: ReadonlySet<string> = new Set([
  'total',
  'subtotal',
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

/** Tax of NetSuite's own fields, whatever the tax feature calls it; a number that a customer is registered under is no tax. */
export const isTax = (field: string): boolean =>
  /^(?!cust|taxidnum$|taxregistrationnumber$)\w*tax|^(gst|pst)rate|^nexus$/i.test(field);

/** Stamps are written by the script alone. */
export const isDenied = (field: string): boolean => {
  const name = field.toLowerCase();
  return DENIED.has(name) || isTax(name) || /^cust(entity|body|item|event|record)_srl_/.test(name);
};
