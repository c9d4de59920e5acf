import runtime from 'N/runtime';
import { DATE_TIME, type SearchSource } from './search-sources';

/** Pages of transactions, by search. SuiteQL's are in `transaction-sources.ts`; the rows are the same. */
export type DocumentPage =
  'orders' | 'orderLines' | 'invoices' | 'invoiceLines' | 'credits' | 'payments' | 'fulfillments';

const TYPES: Readonly<Record<DocumentPage, readonly string[]>> = {
  orders: ['SalesOrd'],
  orderLines: ['SalesOrd'],
  invoices: ['CustInvc'],
  invoiceLines: ['CustInvc'],
  credits: ['CustCred', 'CustRfnd', 'CustDep'],
  payments: ['CustPymt'],
  fulfillments: ['ItemShip'],
};

/** Raw members begin with `_`; `finishDocument` makes the row's members of them. */
const CUSTOMER = { _customerKey: 'customerMain.custentity_srl_key', _customerExternalId: 'customerMain.externalid' };

const HEAD = {
  internalId: 'internalid',
  externalId: 'externalid',
  type: 'type',
  number: 'tranid',
  date: 'trandate',
  _status: 'statusref',
  status: 'statusref',
  poNumber: 'otherrefnum',
  customerId: 'entity',
  ...CUSTOMER,
  lastModified: 'lastmodifieddate',
};

const LINE = {
  internalId: 'internalid',
  lineId: 'lineuniquekey',
  lineKey: 'custcol_srl_line_key',
  sku: 'item.itemid',
  description: 'memo',
  quantity: 'quantity',
  lastModified: 'lastmodifieddate',
};

/** Amounts in the transaction's own currency; those columns exist only with Multiple Currencies. */
const money = (): Record<'currency' | 'amount' | 'rate' | 'paid' | 'remaining', string | null> =>
  runtime.isFeatureInEffect({ feature: 'MULTICURRENCY' })
    ? {
        currency: 'currency',
        amount: 'fxamount',
        rate: 'fxrate',
        paid: 'fxamountpaid',
        remaining: 'fxamountremaining',
      }
    : { currency: null, amount: 'amount', rate: 'rate', paid: 'amountpaid', remaining: 'amountremaining' };

function columnsOf(page: DocumentPage): Record<string, string | null> {
  const { currency, amount, rate, paid, remaining } = money();
  const key = { _key: 'custbody_srl_key', _externalId: 'externalid' };
  const head = { ...HEAD, currency, total: amount };
  const line = { ...LINE, currency, rate, amount };
  const made = { ...head, _createdFrom: 'createdfrom' };
  switch (page) {
    case 'orders':
      return { ...head, ...key, shipDate: 'shipdate', startDate: 'startdate', endDate: 'enddate' };
    case 'orderLines':
      return { ...line, ...key, fulfilled: 'quantityshiprecv', billed: 'quantitybilled', closed: 'closed' };
    case 'invoices':
      return { ...made, dueDate: 'duedate', amountPaid: paid, amountRemaining: remaining };
    case 'invoiceLines':
      return { ...line, ...CUSTOMER, invoiceNumber: 'tranid' };
    case 'credits':
      return { ...made, amountRemaining: remaining };
    case 'payments':
    case 'fulfillments':
      return made;
  }
}

const isLines = (page: DocumentPage): boolean => page === 'orderLines' || page === 'invoiceLines';
const LINES_ONLY = [
  ['mainline', 'is', 'F'],
  ['taxline', 'is', 'F'],
  ['shipping', 'is', 'F'],
  ['cogs', 'is', 'F'],
];

/** What the documents of a page, or other `types` in its form, are searched by. */
export function documentSource(page: DocumentPage, types: readonly string[] = TYPES[page]): SearchSource {
  const columns = Object.entries(columnsOf(page)).filter((one): one is [string, string] => one[1] !== null);
  return {
    type: 'transaction',
    filters: (since) => [['lastmodifieddate', 'onorafter', DATE_TIME(since)]],
    always: [['type', 'anyof', ...types], ...(isLines(page) ? LINES_ONLY : [['mainline', 'is', 'T']])],
    columns: Object.fromEntries(columns),
    numbers: ['total', 'amountPaid', 'amountRemaining', 'quantity', 'rate', 'amount', 'fulfilled', 'billed'],
    days: ['date', 'dueDate', 'shipDate', 'startDate', 'endDate'],
    times: ['lastModified'],
    flags: ['closed'],
    texts: ['status'],
    currencies: currencyOf(columns),
  };
}

const currencyOf = (columns: readonly [string, string][]): string[] =>
  columns.some(([member]) => member === 'currency') ? ['currency'] : [];
