/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post() {
    const out = {};
    const n = (...f) => search.create({ type: 'customrecord_task', filters: [f] }).runPaged({ pageSize: 5 }).count;
    out.n = [
      n('name', 'is', 'one'),
      n('name', 'startswith', 'T'),
      n('name', 'contains', 'e'),
      n('name', 'doesnotcontain', 'e'),
      n('name', 'haskeywords', 'two'),
      n('name', 'isnotempty', ''),
      n('custrecord_t_note', 'isempty', ''),
      n('name', 'doesnotstartwith', 'O'),
      n('custrecord_t_hours', 'between', ['1', '2']),
      n('custrecord_t_hours', 'notlessthan', '2'),
      n('custrecord_t_prio', 'noneof', '1'),
      n('custrecord_t_due', 'onorbefore', '3/2/2026'),
      n('custrecord_t_due', 'within', '3/1/2026', '3/3/2026'),
      n('custrecord_t_done', 'is', 'T'),
    ];
    return out;
  },
}));
