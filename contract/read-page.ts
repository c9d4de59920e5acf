import * as z from 'zod/mini';

/**
 * GET `customscript_srl_read?page=…&since=…&after=…&ids=…`: what NetSuite owns and a CRM mirrors, page by page. With `ids` (internal
 * ids, or customers' for `entitlements`) exactly those records are read, whenever they changed.
 */
export const READ_PAGES = [
  'items',
  'prices',
  'stock',
  'stockTotals',
  'balances',
  'rates',
  'customers',
  'identities',
  'contactIdentities',
  'orders',
  'orderLines',
  'invoices',
  'invoiceLines',
  'billing',
  'credits',
  'payments',
  'fulfillments',
  'shipments',
  'entitlements',
] as const;

/** Most `ids` of one call. */
export const READ_IDS = 200;

/** One row; which members it has is told by the page (docs/install.md). */
export const readRowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const readPageSchema = z.object({
  page: z.enum(READ_PAGES),
  rows: z.array(readRowSchema),
  /** When the rows were read, ISO 8601: `since` of the next pass. */
  asOf: z.string(),
  /** Cursor of the next page; absent on the last one. */
  after: z.optional(z.string()),
});

export type ReadPageName = (typeof READ_PAGES)[number];
export type ReadRow = z.infer<typeof readRowSchema>;
export type ReadPage = z.infer<typeof readPageSchema>;
