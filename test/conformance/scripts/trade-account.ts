import type { BlackBox } from '../../helpers/emulator/black-box';

const COMPANY = { isperson: 'F', subsidiary: '1', currency: '1', entitystatus: '13' };
const ITEM = { subsidiary: ['1'], incomeaccount: '8', taxschedule: '1' };
const STOCK = { ...ITEM, assetaccount: '3', cogsaccount: '10' };
const price = (p: number): object => ({
  price1: [
    { pricelevel: '1', price_1_: p },
    { pricelevel: '2', price_1_: p * 0.9 },
  ],
});
const address = (addr1: string, city: string, state: string, zip: string): object => ({
  addr1,
  city,
  state,
  zip,
  country: 'US',
});
const named = (name: string): object => ({ companyname: name, entityid: name });

/** Customers with terms, currencies and prices of their own, vendors, and items of every kind that an order line can have. */
const ROWS: object[] = [
  {
    type: 'customer',
    id: '501',
    fields: { ...COMPANY, ...named('Acme'), email: 'a@example.com', terms: '2', salesrep: '2' },
    sublists: {
      addressbook: [
        {
          label: 'HQ',
          defaultbilling: true,
          defaultshipping: true,
          addressbookaddress: address('1 Main St', 'Springfield', 'IL', '62701'),
        },
        { label: 'Dock', addressbookaddress: address('9 Dock Rd', 'Reno', 'NV', '89501') },
      ],
    },
  },
  { type: 'customer', id: '502', fields: { ...COMPANY, ...named('Beta'), salesrep: '3' } },
  { type: 'customer', id: '505', fields: { ...COMPANY, ...named('Quick'), terms: '6' } },
  { type: 'customer', id: '510', fields: { ...COMPANY, ...named('Euro'), currency: '3', terms: '2' } },
  { type: 'customer', id: '511', fields: { ...COMPANY, ...named('Brit'), subsidiary: '2', currency: '2' } },
  {
    type: 'customer',
    id: '512',
    fields: { ...COMPANY, ...named('Level'), pricelevel: '2' },
    sublists: { itempricing: [{ item: '804', level: '-1', currency: '1', price: 11 }] },
  },
  { type: 'vendor', id: '701', fields: { ...COMPANY, ...named('Parts'), terms: '2' } },
  { type: 'vendor', id: '702', fields: { ...COMPANY, ...named('Bolts'), terms: '6' } },
  {
    type: 'inventoryitem',
    id: '801',
    fields: { ...STOCK, itemid: 'WIDGET', salesdescription: 'A widget', purchasedescription: 'Widget in', cost: 5 },
    sublists: price(25),
  },
  {
    type: 'serviceitem',
    id: '802',
    fields: { ...ITEM, itemid: 'SVC', salesdescription: 'Work' },
    sublists: price(100),
  },
  { type: 'noninventoryitem', id: '804', fields: { ...ITEM, itemid: 'MISC' }, sublists: price(12.5) },
  {
    type: 'kititem',
    id: '820',
    fields: { ...ITEM, itemid: 'KIT', salesdescription: 'A kit' },
    sublists: {
      ...price(60),
      member: [
        { item: '801', quantity: 2 },
        { item: '804', quantity: 1 },
      ],
    },
  },
  {
    type: 'itemgroup',
    id: '821',
    fields: { itemid: 'GROUP', description: 'A group' },
    sublists: {
      member: [
        { item: '801', quantity: 1 },
        { item: '802', quantity: 2 },
      ],
    },
  },
  { type: 'subtotalitem', id: '822', fields: { itemid: 'SUB', description: 'Subtotal' } },
  { type: 'descriptionitem', id: '823', fields: { itemid: 'TEXT', description: 'See terms' } },
  { type: 'markupitem', id: '824', fields: { itemid: 'UP', rate: '10%', account: '8' } },
  { type: 'discountitem', id: '825', fields: { itemid: 'TEN', rate: '-10%', account: '9' } },
  { type: 'discountitem', id: '826', fields: { itemid: 'FIVE', rate: -5, account: '9' } },
  {
    type: 'inventoryitem',
    id: '840',
    fields: { ...STOCK, itemid: 'DROP', isdropshipitem: true, vendor: '701', cost: 15 },
    sublists: { ...price(30), itemvendor: [{ vendor: '701', preferredvendor: true, purchaseprice: 15 }] },
  },
  { type: 'lotnumberedinventoryitem', id: '803', fields: { ...STOCK, itemid: 'LOTTED', cost: 3 }, sublists: price(10) },
  {
    type: 'assemblyitem',
    id: '830',
    fields: { ...STOCK, itemid: 'ASM', cost: 11 },
    sublists: { ...price(40), member: [{ item: '801', quantity: 2 }] },
  },
  { type: 'inventoryitem', id: '841', fields: { ...STOCK, itemid: 'UKONLY', subsidiary: ['2'] }, sublists: price(3) },
];

export async function fillTradingAccount(box: BlackBox): Promise<void> {
  await box.control('POST', 'reset');
  // Terms, discounts and periods go by the day.
  await box.control('POST', 'clock', { set: '2026-11-18T18:00:00Z' });
  await box.seed(ROWS);
}
