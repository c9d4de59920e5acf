/** Which record types (and sublists) a custom field lands on, by the flags of its SDF element. Several flags of a kind may hold at once. */

/** entitycustomfield. */
export const ENTITY_FLAGS: Record<string, string[]> = {
  appliestocustomer: ['customer', 'lead', 'prospect'],
  appliestocontact: ['contact'],
  appliestoemployee: ['employee'],
  appliestovendor: ['vendor'],
  appliestopartner: ['partner'],
  appliestoproject: ['job'],
  appliestoprojecttemplate: ['projecttemplate'],
  appliestoothername: ['othername'],
  appliestogroup: ['entitygroup'],
  appliestogenericrsrc: ['genericresource'],
};

/** crmcustomfield. */
export const CRM_FLAGS: Record<string, string[]> = {
  appliestotask: ['task'],
  appliestoprojecttask: ['projecttask'],
  appliestophonecall: ['phonecall'],
  appliestoevent: ['calendarevent'],
  appliestocase: ['supportcase'],
  appliestocampaign: ['campaign'],
  appliestosolution: ['solution'],
  appliestoissue: ['issue'],
};

const SALES = ['salesorder', 'estimate', 'invoice', 'cashsale', 'creditmemo', 'cashrefund', 'returnauthorization'];
const PURCHASES = [
  'purchaseorder',
  'vendorbill',
  'vendorcredit',
  'vendorreturnauthorization',
  'check',
  'creditcardcharge',
  'purchaserequisition',
];

/** transactionbodycustomfield. */
export const BODY_FLAGS: Record<string, string[]> = {
  bodysale: SALES,
  bodyopportunity: ['opportunity'],
  bodypurchase: PURCHASES,
  bodyjournal: ['journalentry', 'intercompanyjournalentry', 'advintercompanyjournalentry'],
  bodyexpensereport: ['expensereport'],
  bodycustomerpayment: ['customerpayment', 'customerrefund'],
  bodyvendorpayment: ['vendorpayment'],
  bodydeposit: ['deposit', 'customerdeposit'],
  bodydepositapplication: ['depositapplication'],
  bodyitemfulfillment: ['itemfulfillment'],
  bodyitemreceipt: ['itemreceipt'],
  bodyinventoryadjustment: ['inventoryadjustment', 'inventorytransfer'],
  bodytransferorder: ['transferorder'],
  bodyassemblybuild: ['assemblybuild', 'assemblyunbuild', 'workorder'],
  bodyfulfillmentrequest: ['fulfillmentrequest'],
  bodyothertransaction: [
    'inventorycostrevaluation',
    'bintransfer',
    'revenuecommitment',
    'paycheckjournal',
    'customtransaction',
  ],
};

/** transactioncolumncustomfield: type → the sublists that show it. */
const items = (types: string[]): [string[], string][] => [[types, 'item']];
export const COLUMN_FLAGS: Record<string, [types: string[], sublist: string][]> = {
  colsale: items(SALES),
  colopportunity: items(['opportunity']),
  colpurchase: items(PURCHASES),
  colexpense: [[['vendorbill', 'vendorcredit', 'check', 'purchaseorder', 'itemreceipt'], 'expense']],
  colexpensereport: [[['expensereport'], 'expense']],
  coljournal: [[['journalentry', 'intercompanyjournalentry', 'advintercompanyjournalentry'], 'line']],
  colitemfulfillment: items(['itemfulfillment']),
  colitemreceipt: items(['itemreceipt']),
  coltransferorder: items(['transferorder']),
  colinventoryadjustment: [[['inventoryadjustment', 'inventorytransfer'], 'inventory']],
  colbuild: [[['workorder', 'assemblybuild'], 'item']],
  coltime: [[['timebill'], 'item']],
};

/** itemcustomfield. */
export const ITEM_FLAGS: Record<string, string[]> = {
  appliestoinventory: ['inventoryitem', 'lotnumberedinventoryitem', 'serializedinventoryitem'],
  appliestononinventory: [
    'noninventoryitem',
    'noninventorysaleitem',
    'noninventoryresaleitem',
    'noninventorypurchaseitem',
  ],
  appliestoservice: ['serviceitem', 'servicesaleitem', 'serviceresaleitem', 'servicepurchaseitem'],
  appliestoothercharge: ['otherchargeitem', 'otherchargesaleitem', 'otherchargeresaleitem', 'otherchargepurchaseitem'],
  appliestoitemassembly: ['assemblyitem', 'lotnumberedassemblyitem', 'serializedassemblyitem'],
  appliestokit: ['kititem'],
  appliestogroup: ['itemgroup'],
};

/** Searchable parents of these groups: a field on any of their types is a column of the parent too. */
export const PARENTS: Record<string, string> = {
  entity: 'entity',
  transaction: 'transaction',
  item: 'item',
  event: 'activity',
};
