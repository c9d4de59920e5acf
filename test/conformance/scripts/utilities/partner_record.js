/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const p = record.create({ type: 'partner' });
    p.setValue('companyname', 'Broker');
    p.setValue('subsidiary', 1);
    p.setValue('isperson', 'F');
    const pid = p.save();
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 501);
    so.setValue('partner', pid);
    so.setSublistValue('item', 'item', 0, 802);
    so.setSublistValue('item', 'quantity', 0, 1);
    const id = so.save();
    out.f = search.lookupFields({ type: 'salesorder', id, columns: ['partner', 'partner.companyname'] });
    out.f = [out.f.partner[0].text, out.f['partner.companyname']];
    return out;
  },
}));
