/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const d = record.create({ type: 'customerdeposit', isDynamic: true, defaultValues: { entity: 502 } });
    d.setValue('payment', 100);
    d.setValue('paymentmethod', 2);
    const did = d.save();
    const cust = () =>
      Number(search.lookupFields({ type: 'customer', id: 502, columns: 'depositbalance' }).depositbalance);
    const dd = record.load({ type: 'customerdeposit', id: did });
    out.dep = [dd.getValue('status'), dd.getValue('payment'), cust()];
    const inv = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 502 } });
    inv.selectNewLine('item');
    inv.setCurrentSublistValue('item', 'item', 801);
    inv.setCurrentSublistValue('item', 'quantity', 3);
    inv.setCurrentSublistValue('item', 'location', 1);
    inv.commitLine('item');
    const iid = inv.save();
    const a = record.transform({
      fromType: 'customerdeposit',
      fromId: did,
      toType: 'depositapplication',
      isDynamic: true,
    });
    const n = a.findSublistLineWithValue('apply', 'internalid', iid);
    a.selectLine('apply', n);
    a.setCurrentSublistValue('apply', 'apply', true);
    const amt = a.getCurrentSublistValue('apply', 'amount');
    a.commitLine('apply');
    const aid = a.save();
    const la = record.load({ type: 'depositapplication', id: aid });
    out.app = [la.getLineCount('apply') >= 1 ? 1 : 0, la.getValue('applied'), amt];
    const r = search.lookupFields({ type: 'invoice', id: iid, columns: ['status', 'amountremaining'] });
    out.inv = [r.status[0].text, Number(r.amountremaining)];
    out.depAfter = cust();
    const row = search
      .create({
        type: 'customerdeposit',
        filters: [['internalid', 'anyof', did], 'AND', ['mainline', 'is', 'T']],
        columns: ['amountremaining'],
      })
      .run()
      .getRange(0, 1)[0];
    out.openOfDep = Number(row.getValue('amountremaining'));
    out.depositId = String(la.getValue('deposit')) === String(did);
    return out;
  },
}));
