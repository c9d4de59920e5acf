/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search', 'N/record', 'N/runtime'], (search, record, runtime) => ({
  post() {
    const out = {};
    for (const n of ['Twin One', 'Twin Two']) {
      const c = record.create({ type: 'customer' });
      c.setValue('companyname', n);
      c.setValue('subsidiary', 1);
      c.setValue('email', 'twin@example.com');
      c.save();
    }
    const before = runtime.getCurrentScript().getRemainingUsage();
    out.d = search.duplicates({ type: search.Type.CUSTOMER, fields: { email: 'twin@example.com' } }).length;
    out.g = search
      .global({ keywords: 'Twin' })
      .map((r) => r.recordType)
      .sort();
    out.used = before - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
