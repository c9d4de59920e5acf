/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const t = record.create({ type: 'customrecord_task', isDynamic: true });
    t.setValue('name', 'Multi');
    t.setValue('custrecord_t_tags', ['1', '2']);
    t.setText({ fieldId: 'custrecord_t_prio', text: 'Low' });
    t.setValue('custrecord_t_due', new Date(2026, 2, 9));
    const id = t.save();
    const l = record.load({ type: 'customrecord_task', id });
    const r = search
      .create({
        type: 'customrecord_task',
        filters: [['custrecord_t_tags', 'anyof', '2'], 'AND', ['name', 'is', 'Multi']],
        columns: ['custrecord_t_tags', 'custrecord_t_due'],
      })
      .run()
      .getRange(0, 3);
    const out = {
      ms: l.getValue('custrecord_t_tags'),
      txt: l.getText('custrecord_t_tags'),
      prio: l.getText('custrecord_t_prio'),
      srch: r[0].getValue('custrecord_t_tags'),
      srchT: r[0].getText('custrecord_t_tags'),
      look: search.lookupFields({ type: 'customrecord_task', id, columns: 'custrecord_t_tags' }).custrecord_t_tags,
      date: r[0].getValue('custrecord_t_due'),
      by: r.length,
    };
    record.delete({ type: 'customrecord_task', id });
    return out;
  },
}));
