/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const c = record.create({ type: 'contact' });
    c.setValue('firstname', 'Bo');
    c.setValue('lastname', 'Ray');
    c.setValue('subsidiary', 1);
    const id = c.save();
    record.attach({ record: { type: 'contact', id }, to: { type: 'customer', id: 502 }, attributes: { role: -10 } });
    const names = () =>
      search
        .create({
          type: 'customer',
          filters: [['internalid', 'anyof', 502]],
          columns: [search.createColumn({ name: 'entityid', join: 'contact' })],
        })
        .run()
        .getRange(0, 9)
        .map((r) => r.getValue({ name: 'entityid', join: 'contact' }));
    out.a = names();
    record.detach({ record: { type: 'contact', id }, from: { type: 'customer', id: 502 } });
    out.b = names();
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
