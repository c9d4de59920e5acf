import type { Json } from '../../../emulator/kernel/types';
import { seedRecords } from '../../../emulator/records/seed-records';
import type { RecordModule, RecordObject, RecordScript } from '../../helpers/emulator/record-script';

/** Customer 100 (USD and EUR, Net 30, two addresses), items 500-506, vendor 200: what most order tests start from. */
const ROWS: Json[] = [
  {
    type: 'customer',
    id: 100,
    externalId: 'CUST_100',
    fields: {
      companyname: 'Acme',
      entityid: 'Acme',
      subsidiary: '1',
      currency: '1',
      terms: '2',
      salesrep: '2',
      email: 'ap@acme.example',
    },
    sublists: {
      addressbook: [
        {
          internalid: 901,
          defaultbilling: true,
          addressbookaddress: { addr1: '1 Bill St', city: 'Reno', state: 'NV', zip: '89501', country: 'US' },
        },
        {
          internalid: 902,
          label: 'Warehouse',
          defaultshipping: true,
          addressbookaddress: { addr1: '2 Ship Rd', city: 'Elko', state: 'NV', zip: '89801', country: 'US' },
        },
      ],
      currency: [{ currency: '3' }],
    },
  },
  {
    type: 'vendor',
    id: 200,
    fields: { companyname: 'Parts Inc', entityid: 'Parts Inc', subsidiary: '1', currency: '1', terms: '1' },
  },
  {
    type: 'inventoryitem',
    id: 500,
    fields: {
      itemid: 'WIDGET',
      displayname: 'Widget',
      salesdescription: 'A widget',
      purchasedescription: 'Widget (buy)',
      cost: 4,
      quantityonhand: 100,
      quantityavailable: 100,
    },
    sublists: {
      price1: [
        { pricelevel: '1', currency: '1', price_1_: 10 },
        { pricelevel: '2', currency: '1', price_1_: 9 },
      ],
      price3: [{ pricelevel: '1', currency: '3', price_1_: 8 }],
    },
  },
  { type: 'noninventoryitem', id: 501, fields: { itemid: 'MANUAL', salesdescription: 'A manual', baseprice: 2.5 } },
  { type: 'serviceitem', id: 502, fields: { itemid: 'SETUP', salesdescription: 'Set-up', baseprice: 33.335 } },
  { type: 'discountitem', id: 503, fields: { itemid: 'TENOFF', description: '10 % off', rate: '-10%' } },
  { type: 'subtotalitem', id: 504, fields: { itemid: 'SUB', description: 'Subtotal' } },
  { type: 'inventoryitem', id: 505, fields: { itemid: 'OLD', baseprice: 1, isinactive: true } },
  {
    type: 'itemgroup',
    id: 506,
    fields: { itemid: 'BUNDLE' },
    sublists: {
      member: [
        { item: '500', quantity: 2 },
        { item: '501', quantity: 1 },
      ],
    },
  },
];

export const seedShop = (script: RecordScript): void => {
  seedRecords(script.account, ROWS);
};

export interface Line {
  [field: string]: unknown;
}

/** A sales order in standard mode, unsaved. */
export function newOrder(record: RecordModule, lines: Line[], fields: Line = {}, type = 'salesorder'): RecordObject {
  const order = record.create({ type });
  order.setValue('entity', fields.entity ?? 100);
  for (const [id, value] of Object.entries(fields)) if (id !== 'entity') order.setValue({ fieldId: id, value });
  lines.forEach((line, index) => {
    for (const [id, value] of Object.entries(line))
      order.setSublistValue({ sublistId: 'item', fieldId: id, line: index, value });
  });
  return order;
}

export const saveOrder = (record: RecordModule, lines: Line[], fields: Line = {}, type = 'salesorder'): number =>
  newOrder(record, lines, fields, type).save();

/** The given columns of all lines of a sublist. */
export function columns(order: RecordObject, fields: string[], sublistId = 'item'): unknown[][] {
  return Array.from({ length: order.getLineCount({ sublistId }) }, (_, line) =>
    fields.map((fieldId) => order.getSublistValue({ sublistId, fieldId, line })),
  );
}
