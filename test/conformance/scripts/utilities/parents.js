/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const mk = (n, parent) => {
      const c = record.create({ type: 'customer' });
      c.setValue('companyname', n);
      c.setValue('subsidiary', 1);
      if (parent) c.setValue('parent', parent);
      return c.save();
    };
    const top = mk('Group'),
      kid = mk('Branch', top);
    const f = search.lookupFields({ type: 'customer', id: kid, columns: ['entityid', 'parent', 'companyname'] });
    out.f = [f.entityid, f.parent[0].text, f.companyname];
    out.c = search
      .create({
        type: 'customer',
        filters: [['parentcustomer.internalid', 'anyof', top]],
        columns: ['companyname', search.createColumn({ name: 'companyname', join: 'parentCustomer' })],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getValue('companyname'), r.getValue({ name: 'companyname', join: 'parentCustomer' })])
      .filter((r) => r[0] === 'Branch');
    return out;
  },
}));
