/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const so = record.create({ type: 'salesorder', isDynamic: true });
    so.setValue('entity', 501);
    const add = (d, at) => {
      at === undefined ? so.selectNewLine({ sublistId: 'item' }) : so.insertLine({ sublistId: 'item', line: at });
      so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: 804 });
      so.setCurrentSublistValue({ sublistId: 'item', fieldId: 'description', value: d });
      so.commitLine({ sublistId: 'item' });
    };
    const ds = () => {
      const a = [];
      for (let i = 0; i < so.getLineCount({ sublistId: 'item' }); i++)
        a.push(so.getSublistValue({ sublistId: 'item', fieldId: 'description', line: i }));
      return a;
    };
    add('A');
    add('B');
    const out = {};
    so.selectLine({ sublistId: 'item', line: 1 });
    out.idx = [
      so.getCurrentSublistIndex({ sublistId: 'item' }),
      so.getLineCount('item'),
      so.getCurrentSublistValue({ sublistId: 'item', fieldId: 'description' }),
    ];
    add('X', 0);
    out.ins = ds();
    so.removeLine({ sublistId: 'item', line: 1 });
    out.rm = ds();
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 801);
    so.cancelLine({ sublistId: 'item' });
    out.cancel = so.getLineCount('item');
    so.selectLine('item', 0);
    out.cur = so.getCurrentSublistIndex('item');
    out.total = so.getValue('total');
    const f = so.getSublistField({ sublistId: 'item', fieldId: 'item', line: 0 });
    out.field = [f.id, f.type, f.isMandatory];
    out.flds =
      so.getSublistFields({ sublistId: 'item' }).includes('quantity') &&
      so.getFields().includes('entity') &&
      so.getSublists().includes('item');
    out.macro = true;
    out.pos = so.findSublistLineWithValue('item', 'description', 'nope');
    return out;
  },
}));
