/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/query'], (record, search, query) => ({
  post() {
    const t = record.load({ type: 'customrecord_task', id: 1, isDynamic: true });
    const S = 'recmachcustrecord_s_task';
    for (const [x, q] of [
      ['a', 1],
      ['b', 2],
    ]) {
      t.selectNewLine({ sublistId: S });
      t.setCurrentSublistValue({ sublistId: S, fieldId: 'custrecord_s_text', value: x });
      t.setCurrentSublistValue({ sublistId: S, fieldId: 'custrecord_s_qty', value: q });
      t.commitLine({ sublistId: S });
    }
    t.save();
    const l = record.load({ type: 'customrecord_task', id: 1 });
    const out = {
      n: l.getLineCount({ sublistId: S }),
      first: [l.getSublistValue(S, 'custrecord_s_text', 0), l.getSublistValue(S, 'custrecord_s_qty', 0)],
    };
    l.setSublistValue(S, 'custrecord_s_qty', 1, 5);
    l.save();
    out.kids = search
      .create({
        type: 'customrecord_step',
        filters: [['custrecord_s_task', 'anyof', 1]],
        columns: [search.createColumn({ name: 'custrecord_s_text', sort: 'ASC' }), 'custrecord_s_qty'],
      })
      .run()
      .getRange(0, 9)
      .map((r) => [r.getValue('custrecord_s_text'), Number(r.getValue('custrecord_s_qty'))]);
    out.join = search
      .create({
        type: 'customrecord_task',
        filters: [['custrecord_s_task.custrecord_s_qty', 'greaterthan', 0]],
        columns: [
          search.createColumn({ name: 'name', summary: 'GROUP' }),
          search.createColumn({ name: 'internalid', join: 'CUSTRECORD_S_TASK', summary: 'COUNT' }),
        ],
      })
      .run()
      .getRange(0, 9)
      .map((r) => [
        r.getValue({ name: 'name', summary: 'GROUP' }),
        Number(r.getValue({ name: 'internalid', join: 'CUSTRECORD_S_TASK', summary: 'COUNT' })),
      ]);
    out.sum = search
      .create({
        type: 'customrecord_step',
        filters: [['custrecord_s_task.custrecord_t_cust', 'anyof', '501']],
        columns: [search.createColumn({ name: 'custrecord_s_qty', summary: 'SUM' })],
      })
      .run()
      .getRange(0, 1)[0]
      .getValue({ name: 'custrecord_s_qty', summary: 'SUM' });
    out.q = query
      .runSuiteQL({
        query:
          'SELECT SUM(s.custrecord_s_qty) AS q FROM customrecord_step s JOIN customrecord_task t ON t.id = s.custrecord_s_task WHERE t.custrecord_t_cust = 501',
      })
      .asMappedResults()[0].q;
    return out;
  },
}));
