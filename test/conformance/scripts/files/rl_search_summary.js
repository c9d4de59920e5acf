/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post: () => {
    const total = search.createColumn({ name: 'custrecord_amount', summary: search.Summary.SUM });
    const state = search.createColumn({
      name: 'custrecord_state',
      summary: search.Summary.GROUP,
      sort: search.Sort.ASC,
    });
    return search
      .create({ type: 'customrecord_entry', filters: [], columns: [state, total] })
      .run()
      .getRange({ start: 0, end: 10 })
      .map((result) => [result.getText(state), Number(result.getValue(total))]);
  },
}));
