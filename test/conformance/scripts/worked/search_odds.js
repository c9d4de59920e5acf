/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post() {
    const T = 'customrecord_task';
    const names = (o) =>
      search
        .create({ type: T, ...o })
        .run()
        .getRange({ start: 0, end: 100 })
        .map((r) => r.getValue({ name: 'name' }));
    const out = {};
    out.sort = names({ columns: [search.createColumn({ name: 'name', sort: search.Sort.DESC })] });
    out.none = names({ filters: [['internalid', 'anyof', '@NONE@']], columns: ['name'] }).length;
    out.empty = names({ filters: [['custrecord_t_note', 'isempty', '']], columns: ['name'] }).length;
    out.has = [names({ filters: [['custrecord_t_cust', 'noneof', '@NONE@']], columns: ['name'] }).length];
    const s = search.create({
      type: T,
      columns: [
        search.createColumn({ name: 'custrecord_t_hours', summary: 'AVG', label: 'Hours' }),
        search.createColumn({ name: 'custrecord_t_hours', summary: 'MIN' }),
        search.createColumn({ name: 'custrecord_t_hours', summary: 'MAX' }),
      ],
    });
    const r = s.run().getRange(0, 1)[0];
    out.avg = r.getValue({ name: 'custrecord_t_hours', summary: 'AVG' }).slice(0, 6);
    out.minmax = [r.getValue(s.columns[1]), r.getValue(s.columns[2])];
    out.id = search
      .create({ type: T, columns: [search.createColumn({ name: 'custrecord_t_hours', sort: 'ASC' })] })
      .run()
      .getRange(0, 9)
      .map((x) => x.id);
    out.label = s.columns[0].label;
    out.json = JSON.parse(
      JSON.stringify(
        search
          .create({ type: T, filters: [['name', 'is', 'One']], columns: ['name', 'custrecord_t_done'] })
          .run()
          .getRange(0, 1)[0],
      ),
    );
    const rs = search.create({ type: T, columns: ['name'] }).run();
    out.gr = [rs.getRange(0, 1).length, rs.getRange({ start: 2, end: 9 }).length];
    return out;
  },
}));
