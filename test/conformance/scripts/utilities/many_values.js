/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const r = record.create({ type: 'customrecord_task' });
    r.setValue('name', 'Multi');
    r.setValue('custrecord_t_tags', ['1', '2']);
    const id = r.save();
    const b = record.load({ type: 'customrecord_task', id });
    out.v = [b.getValue('custrecord_t_tags'), b.getText('custrecord_t_tags')];
    out.look = search.lookupFields({ type: 'customrecord_task', id, columns: ['custrecord_t_tags'] }).custrecord_t_tags;
    const q = (op, ...v) =>
      search
        .create({
          type: 'customrecord_task',
          filters: [['custrecord_t_tags', op, ...v], 'AND', ['name', 'is', 'Multi']],
        })
        .runPaged().count;
    out.q = [q('anyof', 1), q('allof', 1, 2), q('noneof', 2), q('anyof', '@NONE@')];
    const g = search
      .create({ type: 'customrecord_task', filters: [['internalid', 'anyof', id]], columns: ['custrecord_t_tags'] })
      .run()
      .getRange(0, 1)[0];
    out.g = [g.getValue('custrecord_t_tags'), g.getText('custrecord_t_tags')];
    record.delete({ type: 'customrecord_task', id });
    return out;
  },
}));
