/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const e = record.create({ type: 'employee' });
    e.setValue('firstname', 'Jo');
    e.setValue('lastname', 'Doe');
    e.setValue('subsidiary', 1);
    out.e = record.load({ type: 'employee', id: e.save() }).getValue('entityid');
    const c = record.create({ type: 'contact', defaultValues: { company: 501 } });
    c.setValue('firstname', 'Bo');
    c.setValue('lastname', 'Ray');
    c.setValue('subsidiary', 1);
    const lc = record.load({ type: 'contact', id: c.save() });
    out.c = [lc.getValue('entityid'), lc.getValue('company')];
    const l = record.create({ type: record.Type.LEAD });
    l.setValue('companyname', 'Lead Co');
    l.setValue('subsidiary', 1);
    l.setValue('entitystatus', 6);
    const lid = l.save();
    const r = search.lookupFields({ type: 'customer', id: lid, columns: ['stage', 'entitystatus'] });
    out.l = [r.stage[0].value, r.entitystatus[0].text.replace(/^LEAD/, 'Lead')];
    const v = record.create({ type: 'vendor' });
    v.setValue('companyname', 'Vee');
    v.setValue('subsidiary', 1);
    out.v = record.load({ type: 'vendor', id: v.save() }).getValue('entityid');
    const cu = record.transform({ fromType: 'lead', fromId: lid, toType: 'customer' });
    cu.save();
    out.conv = search.lookupFields({ type: 'customer', id: lid, columns: ['stage'] }).stage[0].value;
    return out;
  },
}));
