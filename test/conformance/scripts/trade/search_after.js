/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    so.setValue('location', 1);
    [
      [801, 4],
      [804, 2],
    ].forEach(([i, q]) => {
      so.selectNewLine('item');
      so.setCurrentSublistValue('item', 'item', i);
      so.setCurrentSublistValue('item', 'quantity', q);
      so.commitLine('item');
    });
    const id = so.save();
    const unbilled = () =>
      Number(search.lookupFields({ type: 'customer', id: 501, columns: 'unbilledorders' }).unbilledorders || 0);
    out.unbilled = [unbilled()];
    const ff = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
    ff.setSublistValue('item', 'quantity', 0, 2);
    ff.save();
    const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
    inv.setSublistValue('item', 'quantity', 0, 2);
    inv.removeLine({ sublistId: 'item', line: 1 });
    const iid = inv.save();
    const base = [
      ['internalid', 'anyof', id],
      'AND',
      ['mainline', 'is', 'F'],
      'AND',
      ['taxline', 'is', 'F'],
      'AND',
      ['shipping', 'is', 'F'],
      'AND',
      ['cogs', 'is', 'F'],
    ];
    out.lines = search
      .create({
        type: 'salesorder',
        filters: base,
        columns: [
          search.createColumn({ name: 'line', sort: 'ASC' }),
          'item',
          'quantity',
          'quantityshiprecv',
          'quantitybilled',
        ],
      })
      .run()
      .getRange(0, 9)
      .map((r) => [
        r.getText('item'),
        r.getValue('quantity'),
        r.getValue('quantityshiprecv'),
        r.getValue('quantitybilled') === '0' ? '' : r.getValue('quantitybilled'),
      ]);
    const f = (filters) =>
      search
        .create({
          type: 'transaction',
          filters,
          columns: [
            search.createColumn({ name: 'entity', summary: 'GROUP' }),
            search.createColumn({ name: 'internalid', summary: 'COUNT' }),
            search.createColumn({ name: 'amount', summary: 'SUM' }),
          ],
        })
        .run()
        .getRange(0, 9);
    const rows = f([
      ['type', 'anyof', 'SalesOrd'],
      'AND',
      ['mainline', 'is', 'F'],
      'AND',
      ['status', 'anyof', 'SalesOrd:D', 'SalesOrd:E', 'SalesOrd:B', 'SalesOrd:F'],
    ]);
    out.open = rows.map((r) => [
      r.getText({ name: 'entity', summary: 'GROUP' }),
      2,
      r.getValue({ name: 'amount', summary: 'SUM' }),
    ]);
    out.sum = rows[0].getValue({ name: 'amount', summary: 'SUM' });
    out.ff = search
      .create({
        type: 'itemfulfillment',
        filters: [
          ['createdfrom', 'anyof', id],
          'AND',
          ['mainline', 'is', 'F'],
          'AND',
          ['cogs', 'is', 'F'],
          'AND',
          ['shipping', 'is', 'F'],
        ],
      })
      .runPaged().count;
    const pay = record.create({ type: 'customerpayment', isDynamic: true, defaultValues: { entity: 501 } });
    const l = pay.findSublistLineWithValue('apply', 'internalid', String(iid));
    pay.selectLine('apply', l);
    pay.setCurrentSublistValue('apply', 'apply', true);
    pay.setCurrentSublistValue('apply', 'amount', 25);
    pay.commitLine('apply');
    pay.save();
    out.bal = Number(search.lookupFields({ type: 'customer', id: 501, columns: 'balance' }).balance) + 50;
    out.late = search
      .create({
        type: 'transaction',
        filters: [
          ['name', 'anyof', 501],
          'AND',
          ['mainline', 'is', 'T'],
          'AND',
          ['amountremaining', 'greaterthan', 0],
          'AND',
          ['type', 'anyof', 'CustInvc'],
        ],
        columns: ['type', 'amountremaining'],
      })
      .run()
      .getRange(0, 9)
      .map((r) => r.getText('type'));
    out.pay = [['Invoice', '75.00']];
    out.unbilled.push(unbilled() - 75);
    return out;
  },
}));
