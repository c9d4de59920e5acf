import { fault, type Account, type Execution, type FieldMeta, type RecordData } from '../../../emulator/kernel/types';
import { createRegistry } from '../../../emulator/records/registry';
import { openStore } from '../../../emulator/store/open-store';
import { storeListValues } from '../../../emulator/records/store-list-values';

/** An account that is only a store, a registry and a clock: what the query engines need. */
export interface TestAccount extends Account {
  units: { api: string; type?: string }[];
  denied: Set<string>;
}

export const execution = { id: 'e1', user: { entity: -5, role: 3 }, unitsUsed: 0 } as unknown as Execution;

export function createTestAccount(): TestAccount {
  const registry = createRegistry((id, values) => storeListValues(store, id, values));
  const store = openStore(null, (type) => registry.type(type)?.group ?? type);
  const units: TestAccount['units'] = [];
  const denied = new Set<string>();
  const account = {
    id: 'TSTDRV1000001',
    settings: {
      dateFormat: 'M/D/YYYY',
      timeZone: 'America/New_York',
      unknownCustomFields: 'reject',
      settings: {},
      features: {},
    },
    clock: { now: () => Date.parse('2026-11-21T15:30:00Z') },
    store,
    registry,
    parts: new Map(),
    units,
    denied,
    feature: () => true,
    charge: (_execution: Execution, api: string, type?: string) =>
      units.push({ api, ...(type === undefined ? {} : { type }) }),
    permissions: {
      rowRules: () => [],
      requireRow: () => undefined,
      requireRecord: (_execution: Execution, type: string) => {
        if (denied.has(type)) throw fault('INSUFFICIENT_PERMISSION', 'Permission Violation');
      },
      requirePermission: () => undefined,
      level: () => 4,
    },
  };
  return account as unknown as TestAccount;
}

type Seed = Partial<Omit<RecordData, 'sublists'>> & {
  type: string;
  sublists?: Record<string, { fields: RecordData['fields']; subrecords?: RecordData['subrecords'] }[]>;
};

export function seed(account: Account, ...records: Seed[]): void {
  for (const record of records) {
    account.store.put({
      id: null,
      externalId: null,
      version: 0,
      fields: {},
      subrecords: {},
      ...record,
      sublists: record.sublists ?? {},
    });
  }
}

export function customRecord(account: Account, id: string, fields: Omit<FieldMeta, 'label'>[]): void {
  account.registry.addType({
    id,
    label: id,
    class: 'custom',
    group: id,
    fields: Object.fromEntries(fields.map((field) => [field.id, { label: field.id, custom: true, ...field }])),
    sublists: {},
    subrecords: {},
    transforms: [],
    scripting: { create: true, copy: true, delete: true, edit: true },
    nameField: 'name',
  });
}

/** Two customers, a lead, a contact, two items, two orders and an invoice. */
export function seedTrade(account: Account): void {
  account.registry.addField(['customer', 'lead', 'prospect'], {
    id: 'custentity_tier',
    label: 'Tier',
    type: 'text',
    custom: true,
  });
  account.registry.addField(['salesorder'], { id: 'custcol_key', label: 'Key', type: 'text', custom: true }, 'item');
  seed(
    account,
    { type: 'currency', id: '1', fields: { name: 'USD', symbol: 'USD' } },
    { type: 'subsidiary', id: '1', fields: { name: 'Parent Company' } },
    {
      type: 'employee',
      id: '7',
      fields: { entityid: 'Sam Seller', firstname: 'Sam', lastname: 'Seller', email: 'sam@example.com' },
    },
    {
      type: 'customer',
      id: '101',
      externalId: 'ACME-1',
      fields: {
        entityid: 'Acme',
        companyname: 'Acme Ltd',
        email: 'info@acme.example',
        salesrep: '7',
        subsidiary: '1',
        creditlimit: 1000.5,
        custentity_tier: 'gold',
        isinactive: false,
        lastmodifieddate: '2026-11-20T03:15:00.000Z',
      },
      sublists: {
        addressbook: [
          {
            fields: { label: 'HQ', defaultbilling: true, internalid: 901 },
            subrecords: {
              addressbookaddress: {
                fields: { addr1: '1 Main St', city: 'Boston', state: 'MA', zip: '02101', country: 'US' },
              },
            },
          },
        ],
      },
    },
    {
      type: 'customer',
      id: '102',
      externalId: 'BETA-1',
      fields: {
        entityid: 'Beta',
        companyname: 'Beta GmbH',
        isinactive: true,
        creditlimit: 20,
        lastmodifieddate: '2026-11-21T14:00:00.000Z',
      },
    },
    {
      type: 'lead',
      id: '103',
      fields: { entityid: 'Gamma', companyname: 'Gamma', lastmodifieddate: '2026-01-01T00:00:00.000Z' },
    },
    {
      type: 'contact',
      id: '104',
      fields: { entityid: 'Ann Lee', firstname: 'Ann', lastname: 'Lee', company: '101', email: 'ann@acme.example' },
    },
    { type: 'inventoryitem', id: '11', externalId: 'SKU-A', fields: { itemid: 'WIDGET', displayname: 'Widget' } },
    { type: 'servicesaleitem', id: '12', fields: { itemid: 'SETUP', displayname: 'Set-up' } },
    {
      type: 'salesorder',
      id: '501',
      externalId: 'SO-A',
      fields: {
        tranid: 'SO501',
        entity: '101',
        trandate: '2026-11-05',
        orderstatus: 'B',
        total: 130,
        exchangerate: 1,
        currency: '1',
        memo: 'first',
        subsidiary: '1',
      },
      sublists: {
        item: [
          {
            fields: {
              line: 1,
              lineuniquekey: 9001,
              item: '11',
              quantity: 3,
              rate: 10,
              amount: 30,
              description: 'three widgets',
              custcol_key: 'K1',
            },
          },
          {
            fields: {
              line: 3,
              lineuniquekey: 9003,
              item: '12',
              quantity: 1,
              rate: 100,
              amount: 100,
              custcol_key: 'K2',
            },
          },
        ],
      },
    },
    {
      type: 'salesorder',
      id: '502',
      fields: {
        tranid: 'SO502',
        entity: '102',
        trandate: '2026-10-30',
        orderstatus: 'G',
        total: 10,
        exchangerate: 1,
        currency: '1',
      },
      sublists: { item: [{ fields: { line: 1, lineuniquekey: 9101, item: '11', quantity: 1, rate: 10, amount: 10 } }] },
    },
    {
      type: 'invoice',
      id: '601',
      fields: {
        tranid: 'INV601',
        entity: '102',
        trandate: '2026-11-01',
        status: 'Open',
        total: 10,
        createdfrom: '502',
      },
      sublists: { item: [{ fields: { line: 1, lineuniquekey: 9201, item: '11', quantity: 1, rate: 10, amount: 10 } }] },
    },
  );
}
