/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const invoice = (qty) => {
      const inv = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 501 } });
      inv.selectNewLine('item');
      inv.setCurrentSublistValue('item', 'item', 804);
      inv.setCurrentSublistValue('item', 'quantity', qty);
      inv.commitLine('item');
      return inv.save();
    };
    const look = (type, id) => {
      const v = search.lookupFields({ type, id, columns: ['status', 'amountremaining'] });
      return [v.status[0].text, Number(v.amountremaining)];
    };
    const [a, b] = [invoice(2), invoice(2)];
    const cm = record.create({ type: record.Type.CREDIT_MEMO, isDynamic: true });
    cm.setValue('entity', 501);
    cm.selectNewLine('item');
    cm.setCurrentSublistValue('item', 'item', 804);
    cm.setCurrentSublistValue('item', 'quantity', 4);
    cm.commitLine('item');
    const out = { offered: cm.getLineCount('apply') };
    [
      [a, 25],
      [b, 15],
    ].forEach(([doc, amount]) => {
      const line = cm.findSublistLineWithValue('apply', 'internalid', String(doc));
      cm.selectLine('apply', line);
      cm.setCurrentSublistValue('apply', 'apply', true);
      cm.setCurrentSublistValue('apply', 'amount', amount);
      cm.commitLine('apply');
    });
    const id = cm.save();
    const saved = record.load({ type: 'creditmemo', id });
    out.saved = ['total', 'applied', 'unapplied'].map((f) => saved.getValue(f));
    out.inv = [look('invoice', a), look('invoice', b)];
    out.cm = look('creditmemo', id);
    out.lines = [];
    for (let i = 0; i < saved.getLineCount('apply'); i++)
      if (saved.getSublistValue('apply', 'apply', i))
        out.lines.push([String(i + 1), saved.getSublistValue('apply', 'amount', i)]);
    const line = saved.findSublistLineWithValue('apply', 'doc', String(b));
    saved.setSublistValue('apply', 'apply', line, false);
    saved.save();
    const two = record.load({ type: 'creditmemo', id });
    out.unapplied = [two.getValue('applied'), two.getValue('unapplied')];
    out.inv2 = look('invoice', b);
    const l2 = two.findSublistLineWithValue('apply', 'doc', String(b));
    two.setSublistValue('apply', 'apply', l2, true);
    two.save();
    out.full = look('creditmemo', id);
    return out;
  },
}));
