/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const mk = (type, v, t = {}) => {
      const r = record.create({ type, isDynamic: false });
      for (const k in v) r.setValue(k, v[k]);
      for (const k in t) r.setText(k, t[k]);
      return r.save();
    };
    const t = record.load({
      type: 'task',
      id: mk('task', { title: 'Call back', company: 501, priority: 'HIGH', assigned: 2 }),
    });
    out.task = [t.getText('status'), t.getValue('title'), t.getText('priority'), t.getValue('company')];
    const c = record.load({
      type: record.Type.PHONE_CALL,
      id: mk('phonecall', { title: 'Ring', company: 501, phone: '1', assigned: 2 }),
    });
    out.call = [c.getText('status'), c.getValue('title')];
    const s = record.load({
      type: record.Type.SUPPORT_CASE,
      id: mk('supportcase', { title: 'Broken', company: 501, email: 'x@example.com' }),
    });
    out.cas = [s.getText('status'), s.getText('company')];
    out.ev = record
      .load({
        type: 'calendarevent',
        id: mk('calendarevent', { title: 'Meet', startdate: new Date(2026, 10, 23), organizer: 2 }),
      })
      .getValue('title');
    const o = record.create({ type: 'opportunity', isDynamic: true });
    o.setValue('entity', 501);
    o.setValue('title', 'Big');
    o.selectNewLine('item');
    o.setCurrentSublistValue('item', 'item', 802);
    o.setCurrentSublistValue('item', 'quantity', 1);
    o.commitLine('item');
    const oid = o.save();
    out.opp = [
      search.lookupFields({ type: 'opportunity', id: oid, columns: 'status' }).status[0].text,
      o.getValue('projectedtotal'),
    ];
    const e = record.transform({ fromType: 'opportunity', fromId: oid, toType: 'estimate', isDynamic: true });
    const eid = e.save();
    out.est = [
      search.lookupFields({ type: 'estimate', id: eid, columns: ['status'] }).status[0].text,
      e.getValue('total'),
    ];
    const so = record.load({
      type: 'salesorder',
      id: record.transform({ fromType: record.Type.ESTIMATE, fromId: eid, toType: record.Type.SALES_ORDER }).save(),
    });
    out.so = [so.getValue('total'), so.getText('createdfrom').split(' ')[0]];
    mk('note', { title: 'N', note: 'text', entity: 501 });
    out.note = search.create({ type: 'note', filters: [['title', 'is', 'N']] }).runPaged().count;
    return out;
  },
}));
