/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const bill = record.create({ type: 'vendorbill' });
    bill.setValue('entity', 701);
    bill.setSublistValue('expense', 'account', 0, 11);
    bill.setSublistValue('expense', 'amount', 0, 80);
    const bid = bill.save();
    const vc = record.transform({ fromType: 'vendorbill', fromId: bid, toType: 'vendorcredit' });
    vc.setSublistValue('expense', 'amount', 0, 30);
    const line = vc.findSublistLineWithValue({ sublistId: 'apply', fieldId: 'doc', value: String(bid) });
    out.found = line >= 0;
    if (line >= 0) {
      vc.setSublistValue('apply', 'apply', line, true);
      vc.setSublistValue('apply', 'amount', line, 30);
    }
    vc.save();
    const f = search.lookupFields({
      type: 'vendorbill',
      id: bid,
      columns: ['amountremaining', 'amountpaid', 'statusref'],
    });
    out.left = [f.amountremaining, f.amountpaid, f.statusref[0].value];
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
