/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const c = record.create({ type: record.Type.SUPPORT_CASE });
    c.setValue('title', 'Broken');
    c.setValue('company', 501);
    c.setValue('incomingmessage', 'It broke');
    c.setValue('email', 'a@example.com');
    const id = c.save();
    const f = search.lookupFields({ type: 'supportcase', id, columns: ['title', 'company', 'status', 'casenumber'] });
    out.f = [f.title, f.company[0].text, f.status.length];
    record.submitFields({ type: 'supportcase', id, values: { assigned: 2, priority: 1 } });
    const g = search.lookupFields({ type: 'supportcase', id, columns: ['assigned', 'priority'] });
    out.g = [g.assigned[0].value, g.priority[0].value];
    out.open = search
      .create({ type: 'supportcase', filters: [['company', 'anyof', 501], 'AND', ['title', 'is', 'Broken']] })
      .runPaged().count;
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
