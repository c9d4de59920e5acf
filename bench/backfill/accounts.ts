import { toSfId18 } from '../../flows/transforms/sf-id';
import type { CrmRecord } from '../../demo/fake-crm/record-table';

/** One in so many accounts is a customer of NetSuite already: by name and site, or by its name alone, which a person has to look at. */
export const KNOWN_EACH = 100;
export const ASK_EACH = 500;

export const accountId = (at: number): string => toSfId18(`001BF${String(at).padStart(10, '0')}`);
const nameOf = (at: number): string => `Backfill Company ${at}`;
const siteOf = (at: number): string => `https://www.backfill-${at}.example`;

/** An account as an org holds it: names, an address, what people wrote. */
export const account = (at: number): CrmRecord => ({
  Id: accountId(at),
  Name: nameOf(at),
  Phone: `+1 555 ${String(at).padStart(7, '0')}`,
  Website: siteOf(at),
  Description: `Loaded as number ${at}; the first year was a good one.`,
  BillingStreet: `${at} Market Street\nSuite ${at % 90}`,
  BillingCity: 'San Francisco',
  BillingState: 'CA',
  BillingPostalCode: '94105',
  BillingCountry: 'US',
  SystemModstamp: '2026-11-20T08:00:00.000+0000',
});

const isKnown = (at: number): boolean => at % KNOWN_EACH === 0;
const isAsked = (at: number): boolean => !isKnown(at) && at % ASK_EACH === 1;

/** What NetSuite has of them before the load. */
export function customersBefore(count: number): { records: object[]; known: number; asked: number } {
  const records: object[] = [];
  let known = 0;
  let asked = 0;
  for (let at = 0; at < count; at += 1) {
    if (!isKnown(at) && !isAsked(at)) continue;
    if (isKnown(at)) known += 1;
    else asked += 1;
    const fields = {
      entityid: `OLD-${at}`,
      companyname: nameOf(at),
      isperson: false,
      isinactive: false,
      subsidiary: '1',
    };
    records.push({ type: 'customer', fields: isKnown(at) ? { ...fields, url: siteOf(at) } : fields });
  }
  return { records, known, asked };
}
