/** Records as Salesforce's REST API returns them, with what the preset reads. */

export const account = (id: string, more: object = {}) => ({
  Id: id,
  Name: `Acme ${id}`,
  Phone: '+1 555 0100',
  ...more,
});
export const opportunity = (id: string, accountId: string, lines: object[], more: object = {}) => ({
  Id: id,
  AccountId: accountId,
  Name: 'Expansion',
  IsWon: true,
  CloseDate: '2026-03-01',
  PO_Number__c: 'PO-1',
  OpportunityLineItems: { totalSize: lines.length, done: true, records: lines },
  ...more,
});
export const line = (id: string, sku: string, quantity: number, price: number, more: object = {}) => ({
  Id: id,
  Quantity: quantity,
  UnitPrice: price,
  Product2: { ProductCode: sku },
  ...more,
});
