/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const st = (type, id) => search.lookupFields({ type, id, columns: ['status'] }).status[0].text;
    const make = (type) => {
      const r = record.create({ type, isDynamic: true, defaultValues: { entity: 501 } });
      if (type === 'opportunity') r.setValue('title', 'T');
      r.selectNewLine('item');
      r.setCurrentSublistValue('item', 'item', 802);
      r.setCurrentSublistValue('item', 'rate', 150);
      r.commitLine('item');
      return r;
    };
    const out = {};
    const o = make('opportunity');
    o.setValue('entitystatus', 9);
    const oid = o.save();
    const l = record.load({ type: 'opportunity', id: oid });
    out.opp = [
      l.getValue('projectedtotal'),
      l.getValue('status'),
      l.getValue('probability'),
      l.getValue('weightedtotal'),
    ];
    const inv = record.transform({ fromType: 'opportunity', fromId: oid, toType: 'invoice' });
    const iid = inv.save();
    out.inv = [st('opportunity', oid), record.load({ type: 'invoice', id: iid }).getValue('total')];
    const o2 = make('opportunity').save();
    const lost = record.load({ type: 'opportunity', id: o2 });
    lost.setValue('entitystatus', 14);
    lost.save();
    out.lost = st('opportunity', o2);
    const e = make('estimate');
    e.setValue('duedate', new Date(2026, 11, 24));
    const eid = e.save();
    out.est = [[st('estimate', eid), record.load({ type: 'estimate', id: eid }).getValue('total')]];
    out.exp = record.load({ type: 'estimate', id: eid }).getText('duedate') === '12/24/2026';
    const c = record.copy({ type: 'estimate', id: eid });
    const cid = c.save();
    out.copy = [st('estimate', cid), record.load({ type: 'estimate', id: cid }).getValue('createdfrom') || ''];
    const close = record.load({ type: 'estimate', id: cid });
    close.setValue('entitystatus', 14);
    close.save();
    out.est.push(st('estimate', cid));
    const o3 = make('opportunity').save();
    const e3 = record.transform({ fromType: 'opportunity', fromId: o3, toType: 'estimate' }).save();
    const s3 = record.transform({ fromType: 'estimate', fromId: e3, toType: 'salesorder' });
    s3.setValue('location', 1);
    s3.save();
    out.so = [st('opportunity', o3), st('estimate', e3)];
    const cs = record.transform({ fromType: 'estimate', fromId: eid, toType: 'cashsale' }).save();
    out.cs = st('cashsale', cs);
    return out;
  },
}));
