/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('location', 1);
    so.setValue('externalid', 'CPY1');
    [
      [801, 2],
      [804, 1],
    ].forEach(([it, q], i) => {
      so.setSublistValue('item', 'item', i, it);
      so.setSublistValue('item', 'quantity', i, q);
    });
    const id = so.save();
    const c = record.copy({ type: 'salesorder', id, isDynamic: true });
    const out = {
      copy: [c.id ?? '', Number(c.getValue('entity')), c.getLineCount('item'), c.getValue('total')],
      ext: c.getValue('externalid') ?? '',
    };
    const nid = c.save();
    const n = record.load({ type: 'salesorder', id: nid });
    out.tran = n.getValue('tranid') !== record.load({ type: 'salesorder', id }).getValue('tranid');
    out.so = [n.getValue('entity'), n.getValue('terms'), n.getValue('subsidiary')];
    const i = record.create({ type: 'invoice', isDynamic: true });
    i.setValue('entity', 502);
    i.setValue('terms', 1);
    i.setValue('trandate', new Date(2026, 10, 22));
    out.inv = i.getText('duedate');
    return out;
  },
}));
