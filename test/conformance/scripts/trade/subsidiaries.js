/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => {
  const attempt = (work) => {
    try {
      return work();
    } catch (e) {
      return e.name;
    }
  };
  const order = (entity, item, fields = {}, type = 'salesorder') => {
    const so = record.create({ type, isDynamic: true });
    so.setValue('entity', entity);
    Object.entries(fields).forEach(([f, v]) => so.setValue(f, v));
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', item);
    so.setCurrentSublistValue('item', 'quantity', 1);
    so.setCurrentSublistValue('item', 'rate', 3);
    so.commitLine('item');
    return so;
  };
  return {
    post() {
      const out = {};
      const uk = order(511, 841, { location: 3 });
      out.sub = [uk.getValue('subsidiary'), uk.getText('subsidiary')];
      out.ok = attempt(() => uk.save() > 0);
      out.loc = attempt(() => order(511, 841, { location: 1 }).save());
      out.item = attempt(() => order(501, 841, { location: 1 }).save());
      out.change = attempt(() => order(501, 804, { subsidiary: 2 }).save());
      out.po = attempt(() => order(701, 801, { subsidiary: 2 }, 'purchaseorder').save());
      const so = order(501, 801, { department: 1, class: 2, location: 1 });
      so.selectLine('item', 0);
      so.setCurrentSublistValue('item', 'department', 2);
      so.setCurrentSublistValue('item', 'location', 1);
      so.commitLine('item');
      const id = so.save();
      const s = record.load({ type: 'salesorder', id });
      out.seg = ['department', 'class', 'location'].map((f) => [s.getValue(f), s.getText(f)]);
      out.line = ['department', 'location'].map((f) => s.getSublistValue('item', f, 0));
      const inv = record.transform({ fromType: 'salesorder', fromId: id, toType: 'invoice' });
      out.carried = ['department', 'class', 'location'].map((f) => inv.getValue(f));
      return out;
    },
  };
});
