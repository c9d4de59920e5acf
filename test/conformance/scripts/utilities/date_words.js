/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const mk = (d) => {
      const t = record.create({ type: 'task' });
      t.setValue('title', 'DW');
      t.setValue('assigned', 2);
      t.setValue('startdate', d);
      t.setValue('duedate', d);
      return t.save();
    };
    [
      [2026, 10, 18],
      [2026, 10, 17],
      [2026, 10, 2],
      [2026, 9, 31],
      [2025, 11, 31],
    ].forEach((a) => mk(new Date(...a)));
    const n = (op, ...v) =>
      search.create({ type: 'task', filters: [['title', 'is', 'DW'], 'AND', ['startdate', op, ...v]] }).runPaged()
        .count;
    out.n = [
      n('on', 'today'),
      n('on', 'yesterday'),
      n('within', 'thismonth'),
      n('within', 'lastmonth'),
      n('within', 'thisyear'),
      n('before', 'thismonth'),
      n('onorafter', 'daysago16'),
      n('within', 'lastyear'),
    ];
    return out;
  },
}));
