/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setSublistValue('item', 'item', 0, 802);
    so.setSublistValue('item', 'quantity', 0, 1);
    const id = so.save();
    const n = record.create({ type: 'note' });
    n.setValue('title', 'Call back');
    n.setValue('note', 'Soon');
    n.setValue('transaction', id);
    n.save();
    out.r = search
      .create({
        type: 'salesorder',
        filters: [['internalid', 'anyof', id], 'AND', ['mainline', 'is', 'T']],
        columns: [
          search.createColumn({ name: 'title', join: 'userNotes' }),
          search.createColumn({ name: 'note', join: 'userNotes' }),
        ],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getValue({ name: 'title', join: 'userNotes' }), r.getValue({ name: 'note', join: 'userNotes' })]);
    return out;
  },
}));
