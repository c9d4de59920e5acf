/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    record.submitFields({
      type: 'customrecord_task',
      id: 1,
      values: { custrecord_t_hours: 5, custrecord_t_done: true },
      options: { enableSourcing: false, ignoreMandatoryFields: true },
    });
    const l = search.lookupFields({
      type: 'customrecord_task',
      id: 1,
      columns: ['custrecord_t_hours', 'custrecord_t_done'],
    });
    return { n: l.custrecord_t_done === true ? 1 : 0, tot: Number(l.custrecord_t_hours) };
  },
}));
