/** Item kinds as `item.itemtype` and `item.subtype` name them (data table). */
export const ITEM_TYPES: Record<string, [code: string, label: string, subtype: string | null]> = {
  inventoryitem: ['InvtPart', 'Inventory Item', null],
  lotnumberedinventoryitem: ['InvtPart', 'Inventory Item', null],
  serializedinventoryitem: ['InvtPart', 'Inventory Item', null],
  assemblyitem: ['Assembly', 'Assembly/Bill of Materials', null],
  lotnumberedassemblyitem: ['Assembly', 'Assembly/Bill of Materials', null],
  serializedassemblyitem: ['Assembly', 'Assembly/Bill of Materials', null],
  kititem: ['Kit', 'Kit/Package', null],
  itemgroup: ['Group', 'Item Group', null],
  noninventoryitem: ['NonInvtPart', 'Non-inventory Item', 'Sale'],
  noninventorysaleitem: ['NonInvtPart', 'Non-inventory Item', 'Sale'],
  noninventoryresaleitem: ['NonInvtPart', 'Non-inventory Item', 'Resale'],
  noninventorypurchaseitem: ['NonInvtPart', 'Non-inventory Item', 'Purchase'],
  serviceitem: ['Service', 'Service', 'Sale'],
  servicesaleitem: ['Service', 'Service', 'Sale'],
  serviceresaleitem: ['Service', 'Service', 'Resale'],
  servicepurchaseitem: ['Service', 'Service', 'Purchase'],
  otherchargeitem: ['OthCharge', 'Other Charge', 'Sale'],
  otherchargesaleitem: ['OthCharge', 'Other Charge', 'Sale'],
  otherchargeresaleitem: ['OthCharge', 'Other Charge', 'Resale'],
  otherchargepurchaseitem: ['OthCharge', 'Other Charge', 'Purchase'],
  discountitem: ['Discount', 'Discount', null],
  markupitem: ['Markup', 'Markup', null],
  subtotalitem: ['Subtotal', 'Subtotal', null],
  descriptionitem: ['Description', 'Description', null],
  paymentitem: ['Payment', 'Payment', null],
  giftcertificateitem: ['GiftCert', 'Gift Certificate', null],
  downloaditem: ['DwnLdItem', 'Download Item', null],
  shipitem: ['ShipItem', 'Shipping Item', null],
  salestaxitem: ['TaxItem', 'Tax Item', null],
  taxgroup: ['TaxGroup', 'Tax Group', null],
};

export function itemTypeCase(column: string, index: 0 | 1 | 2): string {
  const arms = Object.entries(ITEM_TYPES)
    .filter(([, entry]) => entry[index] !== null)
    .map(([type, entry]) => `WHEN '${type}' THEN '${entry[index] as string}'`);
  return `CASE ${column} ${arms.join(' ')} END`;
}

/** Entity kinds as `entity.type` names them, with the label of the UI. */
export const ENTITY_TYPES: Record<string, [code: string, label: string]> = {
  customer: ['CustJob', 'Customer'],
  lead: ['CustJob', 'Customer'],
  prospect: ['CustJob', 'Customer'],
  job: ['Job', 'Project'],
  vendor: ['Vendor', 'Vendor'],
  employee: ['Employee', 'Employee'],
  contact: ['Contact', 'Contact'],
  partner: ['Partner', 'Partner'],
  othername: ['OthName', 'Other Name'],
  entitygroup: ['Group', 'Group'],
};
