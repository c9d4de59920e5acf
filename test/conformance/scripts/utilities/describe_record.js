/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const out = {};
    const so = record.create({ type: 'salesorder', isDynamic: true });
    out.s = ['item', 'salesteam'].map((x) => so.getSublists().includes(x));
    out.f = ['entity', 'trandate', 'custbody_note'].map((x) => so.getFields().includes(x));
    const f = so.getField({ fieldId: 'entity' });
    out.e = [f.id, f.type, f.label, f.isMandatory];
    const l = so.getSublistFields({ sublistId: 'item' });
    out.l = ['item', 'quantity', 'custcol_tag'].map((x) => l.includes(x));
    const t = record.create({ type: 'customrecord_task', isDynamic: true });
    out.o = t.getField({ fieldId: 'custrecord_t_prio' }).getSelectOptions({ filter: 'H', operator: 'startswith' });
    out.none = [so.getField({ fieldId: 'nosuchfield' }), so.getValue({ fieldId: 'nosuchfield' })];
    return out;
  },
}));
