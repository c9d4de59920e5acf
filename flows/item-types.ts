/** Codes of item types, as NetSuite's queries show them, in the words people see. */
export const ITEM_TYPE_NAMES: Readonly<Record<string, string>> = {
  InvtPart: 'Inventory Item',
  NonInvtPart: 'Non-Inventory Item',
  Service: 'Service',
  Assembly: 'Assembly',
  Kit: 'Kit',
  Group: 'Item Group',
  Discount: 'Discount',
  OthCharge: 'Other Charge',
};
