/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const hours = (employee, hours, memo) => {
      const t = record.create({ type: record.Type.TIME_BILL });
      t.setValue('employee', employee);
      t.setValue('trandate', new Date(2026, 10, 17));
      t.setText('hours', hours);
      t.setValue('memo', memo);
      return t.save();
    };
    hours(2, '2:30', 'a');
    hours(2, '1:15', 'b');
    hours(3, '0:45', 'c');
    out.rows = search
      .create({
        type: 'timebill',
        filters: [['date', 'on', '11/17/2026']],
        columns: [
          search.createColumn({ name: 'employee', summary: 'GROUP', sort: 'ASC' }),
          search.createColumn({ name: 'durationdecimal', summary: 'SUM' }),
        ],
      })
      .run()
      .getRange({ start: 0, end: 10 })
      .map((r) => [
        r.getValue({ name: 'employee', summary: 'GROUP' }),
        Number(r.getValue({ name: 'durationdecimal', summary: 'SUM' })),
      ]);
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
