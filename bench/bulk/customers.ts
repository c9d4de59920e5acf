import { customer, value } from '../../test/helpers/netsuite/operations';

/** A customer as a CRM's account becomes one: about 600 bytes of operation, so 50,000 are 30 MB. */
export const bulkCustomer = (at: number): Record<string, unknown> =>
  customer(`SF_ACCT_BULK${String(at).padStart(8, '0')}`, {
    companyname: value(`Bulk Load Company ${at}`),
    phone: value(`+1 555 ${String(at).padStart(7, '0')}`),
    email: value(`office.${at}@bulk-${at}.example.com`),
    url: value(`https://www.bulk-${at}.example.com`),
    currency: { ref: { recordType: 'currency', key: { field: 'symbol', value: 'USD' } } },
    terms: { ref: { recordType: 'term', key: { field: 'name', value: 'Net 30' } } },
    comments: value(`loaded in bulk as number ${at}`, { write: 'ifEmpty' }),
  });
