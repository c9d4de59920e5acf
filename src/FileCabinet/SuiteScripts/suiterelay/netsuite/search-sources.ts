import format from 'N/format';

export interface SearchSource {
  type: string;
  filters: (since: Date) => unknown[];
  /** Conditions that hold also where certain records are asked for. */
  always?: readonly unknown[];
  columns: Readonly<Record<string, string>>;
  numbers: readonly string[];
  flags?: readonly string[];
  /** Members that hold a day, YYYY-MM-DD. */
  days?: readonly string[];
  /** Members that hold an instant, ISO 8601. */
  times?: readonly string[];
  /** Members that hold the ISO code of a currency. */
  currencies?: readonly string[];
  /** Members that hold the name of what a list field points to. */
  texts?: readonly string[];
}

/** An instant as filters take it: in the user's own form. */
export const DATE_TIME = (at: Date): string => format.format({ value: at, type: format.Type.DATETIME }) as string;

/** An item's last-modified date does not move when its stock does; `lastquantityavailablechange` does. */
const STOCK: SearchSource = {
  type: 'item',
  filters: (since) => [['lastquantityavailablechange', 'onorafter', DATE_TIME(since)]],
  columns: {
    internalId: 'internalid',
    sku: 'itemid',
    location: 'inventorylocation',
    available: 'locationquantityavailable',
    onHand: 'locationquantityonhand',
    backordered: 'locationquantitybackordered',
  },
  numbers: ['available', 'onHand', 'backordered'],
};

/** The same over all locations. */
const STOCK_TOTALS: SearchSource = {
  ...STOCK,
  columns: {
    internalId: 'internalid',
    sku: 'itemid',
    available: 'quantityavailable',
    onHand: 'quantityonhand',
    backordered: 'quantitybackordered',
  },
};

const CUSTOMER_COLUMNS = {
  internalId: 'internalid',
  externalId: 'externalid',
  stamp: 'custentity_srl_key',
  crmId: 'custentity_srl_crm_id',
  number: 'entityid',
  stage: 'stage',
  terms: 'terms',
  creditLimit: 'creditlimit',
  creditHold: 'creditholdoverride',
  balance: 'balance',
  overdueBalance: 'overduebalance',
  daysOverdue: 'daysoverdue',
  depositBalance: 'depositbalance',
  unbilledOrders: 'unbilledorders',
};
const CUSTOMER_NUMBERS = [
  'balance',
  'overdueBalance',
  'daysOverdue',
  'depositBalance',
  'unbilledOrders',
  'creditLimit',
] as const;

/** Balances move without a trace on the customer: a full pass each night, and one customer after a payment. */
const BALANCES: SearchSource = {
  type: 'customer',
  filters: () => [['isinactive', 'is', 'F']],
  columns: CUSTOMER_COLUMNS,
  numbers: CUSTOMER_NUMBERS,
  texts: ['terms', 'creditHold'],
};

/** The same of customers that somebody changed, with what a CRM needs to make a record of one that it lacks. */
const CUSTOMERS: SearchSource = {
  ...BALANCES,
  filters: (since) => [['lastmodifieddate', 'onorafter', DATE_TIME(since)]],
  columns: {
    ...CUSTOMER_COLUMNS,
    person: 'isperson',
    inactive: 'isinactive',
    name: 'companyname',
    phone: 'phone',
    fax: 'fax',
    url: 'url',
    accountNumber: 'accountnumber',
    comments: 'comments',
    parent: 'parent',
    salesRepEmail: 'salesrep.email',
  },
  flags: ['person', 'inactive'],
};

/** By what a customer is recognised as the same company as an account of a CRM: for initial loads. */
const IDENTITIES: SearchSource = {
  type: 'customer',
  filters: (since) => [['lastmodifieddate', 'onorafter', DATE_TIME(since)]],
  columns: {
    internalId: 'internalid',
    externalId: 'externalid',
    crmId: 'custentity_srl_crm_id',
    number: 'entityid',
    person: 'isperson',
    name: 'companyname',
    firstName: 'firstname',
    lastName: 'lastname',
    email: 'email',
    phone: 'phone',
    url: 'url',
    inactive: 'isinactive',
  },
  numbers: [],
  flags: ['person', 'inactive'],
};

/** The same of contacts: a person is the same one within a company. */
const CONTACT_IDENTITIES: SearchSource = {
  type: 'contact',
  filters: (since) => [['lastmodifieddate', 'onorafter', DATE_TIME(since)]],
  columns: {
    internalId: 'internalid',
    externalId: 'externalid',
    crmId: 'custentity_srl_crm_id',
    company: 'company',
    firstName: 'firstname',
    lastName: 'lastname',
    email: 'email',
    inactive: 'isinactive',
  },
  numbers: [],
  flags: ['inactive'],
};

/** What the pages by SuiteQL hold, for roles that may not run it. */
const ITEMS: SearchSource = {
  type: 'item',
  filters: (since) => [['lastmodifieddate', 'onorafter', DATE_TIME(since)]],
  columns: {
    internalId: 'internalid',
    sku: 'itemid',
    externalId: 'externalid',
    name: 'displayname',
    description: 'salesdescription',
    type: 'type',
    inactive: 'isinactive',
    lastModified: 'modified',
  },
  numbers: [],
  flags: ['inactive'],
  times: ['lastModified'],
};

/** One row for each price level and currency; the first quantity break. */
const PRICES: SearchSource = {
  type: 'item',
  filters: (since) => [
    ['lastmodifieddate', 'onorafter', DATE_TIME(since)],
    ['pricing.minimumquantity', 'equalto', '0'],
  ],
  columns: {
    internalId: 'internalid',
    sku: 'itemid',
    priceLevel: 'pricing.pricelevel',
    priceLevelName: 'pricing.pricelevel',
    currency: 'pricing.currency',
    unitPrice: 'pricing.unitprice',
    inactive: 'isinactive',
  },
  numbers: ['unitPrice'],
  flags: ['inactive'],
  texts: ['priceLevelName'],
  currencies: ['currency'],
};

export const SEARCH_SOURCES = {
  stock: STOCK,
  stockTotals: STOCK_TOTALS,
  balances: BALANCES,
  customers: CUSTOMERS,
  identities: IDENTITIES,
  contactIdentities: CONTACT_IDENTITIES,
  items: ITEMS,
  prices: PRICES,
} as const;
