/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    so.setValue('memo', 'tsl');
    [
      [801, 2],
      [804, 1],
    ].forEach(([it, q], i) => {
      so.setSublistValue('item', 'item', i, it);
      so.setSublistValue('item', 'quantity', i, q);
    });
    const id = so.save();
    const rows = [];
    search
      .create({
        type: search.Type.TRANSACTION,
        filters: [
          ['internalidnumber', 'equalto', id],
          'AND',
          ['mainline', 'is', 'F'],
          'AND',
          ['taxline', 'is', 'F'],
          'AND',
          ['shipping', 'is', 'F'],
        ],
        columns: ['item', 'quantity', 'amount', search.createColumn({ name: 'line', sort: search.Sort.ASC })],
      })
      .run()
      .each((r) => {
        rows.push([r.getText('item'), r.getValue('quantity'), r.getValue('amount')]);
        return true;
      });
    const m = search
      .create({
        type: 'transaction',
        filters: [['internalid', 'is', id], 'AND', ['mainline', 'is', 'T']],
        columns: ['amount', 'type', 'entity', search.createColumn({ name: 'email', join: 'customer' })],
      })
      .run()
      .getRange(0, 1)[0];
    const g = search
      .create({
        type: 'transaction',
        filters: [['memomain', 'is', 'tsl'], 'AND', ['mainline', 'is', 'T']],
        columns: [
          search.createColumn({ name: 'type', summary: 'GROUP' }),
          search.createColumn({ name: 'internalid', summary: 'COUNT' }),
        ],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [
        r.getValue({ name: 'type', summary: 'GROUP' }),
        r.getValue({ name: 'internalid', summary: 'COUNT' }),
      ]);
    const hav = search
      .create({
        type: 'transaction',
        filters: [
          ['memomain', 'is', 'tsl'],
          'AND',
          ['mainline', 'is', 'F'],
          'AND',
          ['sum(amount)', 'greaterthan', '60'],
        ],
        columns: [search.createColumn({ name: 'entity', summary: 'GROUP' })],
      })
      .run()
      .getRange(0, 5).length;
    return {
      rows,
      main: [
        m.getValue('amount'),
        m.getText('type'),
        m.getText('entity'),
        m.getValue({ name: 'email', join: 'customer' }),
      ],
      grp: g,
      hav,
    };
  },
}));
