/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const c = record.create({ type: 'customer' });
    c.setValue('companyname', 'Keyed');
    c.setValue('subsidiary', 1);
    c.setValue('externalid', 'KEY-1');
    const id = c.save();
    out.f = search
      .create({ type: 'customer', filters: [['externalid', 'anyof', 'KEY-1']] })
      .run()
      .getRange(0, 2)
      .map((r) => r.id == id);
    out.s = search
      .create({ type: 'customer', filters: [['externalidstring', 'startswith', 'KEY']], columns: ['externalid'] })
      .run()
      .getRange(0, 2)
      .map((r) => r.getValue('externalid'));
    const d = record.create({ type: 'customer' });
    d.setValue('companyname', 'Keyed 2');
    d.setValue('subsidiary', 1);
    d.setValue('externalid', 'key-1');
    try {
      d.save();
      out.e = null;
    } catch (e) {
      out.e = e.name;
    }
    record.submitFields({ type: 'customer', id, values: { externalid: 'KEY-2' } });
    out.n = record.load({ type: 'customer', id }).getValue('externalid');
    return out;
  },
}));
