/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const mk = (n) => {
      const j = record.create({ type: record.Type.JOB });
      j.setValue('companyname', n);
      j.setValue('parent', 501);
      j.setValue('subsidiary', 1);
      return j.save();
    };
    const a = mk('Alpha'),
      b = mk('Beta job');
    out.name = record.load({ type: 'job', id: a }).getText('parent');
    out.rows = search
      .create({
        type: 'job',
        filters: [['customer', 'anyof', 501]],
        columns: [search.createColumn({ name: 'companyname', sort: 'DESC' }), 'customer'],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getValue('companyname'), r.getText('customer')]);
    record.delete({ type: 'job', id: b });
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
