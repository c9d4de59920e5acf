import record from 'N/record';
import type { ReadRow } from '../../../../../contract/read-page';
import type { KeyedPage } from '../reconcile/keyed-page';
import { readByQuery, type QueryRequest, type QuerySource } from './read-by-query';

/** A load of a transaction costs 10 units, so a page of these stays far below the 5,000 of a RESTlet. */
export const LOADED_LIMIT = 100;

/** Every carrier integration has a sublist of packages of its own; the field has the carrier's name in it. */
const PACKAGES: Readonly<Record<string, string>> = {
  package: 'packagetrackingnumber',
  packageups: 'packagetrackingnumberups',
  packagefedex: 'packagetrackingnumberfedex',
  packageusps: 'packagetrackingnumberusps',
};

type Details = (loaded: record.Record) => ReadRow;

const trackingOf: Details = (loaded) => {
  const numbers: string[] = [];
  let packages = 0;
  const present = loaded.getSublists();
  for (const [sublistId, fieldId] of Object.entries(PACKAGES)) {
    if (!present.includes(sublistId)) continue;
    const count = loaded.getLineCount({ sublistId });
    packages += Math.max(0, count);
    for (let line = 0; line < count; line += 1) {
      const value = loaded.getSublistValue({ sublistId, fieldId, line });
      if (typeof value === 'string' && value.trim() !== '') numbers.push(value.trim());
    }
  }
  return {
    // The same parcel may stand in several packages.
    tracking: [...new Set(numbers)].join('; ') || null,
    packages,
    carrier: textOrNull(loaded.getText({ fieldId: 'shipmethod' })),
  };
};

interface Settled {
  applied: string | null;
  invoiceIds: string | null;
}

/** What a payment or credit settles: `INV100: 50.00; INV101: 20.00`, and the invoices' ids. */
const settledBy = (loaded: record.Record): Settled => {
  const parts: string[] = [];
  const ids: string[] = [];
  const sublistId = 'apply';
  const count = loaded.getLineCount({ sublistId });
  for (let line = 0; line < count; line += 1) {
    const read = (fieldId: string): unknown => loaded.getSublistValue({ sublistId, fieldId, line });
    if (read('apply') !== true) continue;
    const id = plainText(read('doc')) || plainText(read('internalid'));
    if (id !== '') ids.push(id);
    parts.push(`${plainText(read('refnum')) || id}: ${plainText(read('amount'))}`);
  }
  return { applied: parts.join('; ') || null, invoiceIds: ids.join(',') || null };
};

const appliedOf: Details = (loaded) => {
  const unapplied = loaded.getValue({ fieldId: 'unapplied' });
  return {
    ...settledBy(loaded),
    unapplied: typeof unapplied === 'number' ? unapplied : null,
    payment: numberOrNull(loaded.getValue({ fieldId: 'payment' })),
  };
};

const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const textOrNull = (value: unknown): string | null => plainText(value) || null;
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A credit settles invoices as a payment does; refunds and deposits name none. */
const creditedOf: Details = (loaded) => ({ invoiceIds: settledBy(loaded).invoiceIds });

/** Record type of what is loaded, by the `type` of its row where a page has several. */
const LOADED = {
  fulfillments: { types: { ItemShip: 'itemfulfillment' }, details: trackingOf },
  payments: { types: { CustPymt: 'customerpayment' }, details: appliedOf },
  credits: { types: { CustCred: 'creditmemo' }, details: creditedOf },
} as const;
type LoadedPage = keyof typeof LOADED;
export const isLoaded = (page: string): page is LoadedPage => Object.hasOwn(LOADED, page);

/** Heads, each completed from its record. 10 units for each that is loaded. */
export const completed = (page: LoadedPage, heads: readonly ReadRow[]): ReadRow[] => {
  const { types, details } = LOADED[page];
  return heads.map((row) => {
    const type = (types as Readonly<Record<string, string>>)[String(row['type'])];
    return type === undefined ? row : { ...row, ...details(record.load({ type, id: String(row['internalId']) })) };
  });
};

/** A page of heads, each completed from its record. 10 units, and 10 for each row. */
export function readByLoad(page: LoadedPage, source: QuerySource, request: QueryRequest): KeyedPage<ReadRow> {
  const heads = readByQuery(source, { ...request, limit: Math.min(request.limit, LOADED_LIMIT) });
  return { rows: completed(page, heads.rows), after: heads.after };
}
