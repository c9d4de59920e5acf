/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const invoice = (rate, entity = 502) => {
      const r = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity } });
      r.selectNewLine('item');
      r.setCurrentSublistValue('item', 'item', 802);
      r.setCurrentSublistValue('item', 'rate', rate);
      r.commitLine('item');
      return r.save();
    };
    const bal = () => Number(search.lookupFields({ type: 'customer', id: 502, columns: 'balance' }).balance);
    const st = (id) => search.lookupFields({ type: 'invoice', id, columns: 'status' }).status[0].text;
    const a = invoice(25);
    const pay = record.create({ type: 'customerpayment', isDynamic: true });
    pay.setValue('customer', 502);
    pay.setValue('payment', 100);
    const n = pay.findSublistLineWithValue('apply', 'doc', String(a));
    pay.selectLine('apply', n);
    pay.setCurrentSublistValue('apply', 'apply', true);
    pay.commitLine('apply');
    const id = pay.save();
    const amounts = () => {
      const p = record.load({ type: 'customerpayment', id });
      return ['payment', 'applied', 'unapplied'].map((f) => p.getValue(f));
    };
    const out = { first: amounts(), bal: [bal()] };
    const b = invoice(50);
    const p = record.load({ type: 'customerpayment', id, isDynamic: true });
    const line = p.findSublistLineWithValue('apply', 'doc', String(b));
    p.selectLine('apply', line);
    p.setCurrentSublistValue('apply', 'apply', true);
    p.commitLine('apply');
    p.save();
    out.later = amounts();
    out.inv = [st(a), st(b)];
    out.bal.push(bal());
    out.search = search
      .create({
        type: 'customerpayment',
        filters: [['internalid', 'anyof', id], 'AND', ['mainline', 'is', 'T']],
        columns: ['amountremaining'],
      })
      .run()
      .getRange(0, 1)[0]
      .getValue('amountremaining');
    out.undep = search.lookupFields({ type: 'customerpayment', id, columns: 'status' }).status[0].text;
    const ids = [invoice(30, 501), invoice(40, 501), invoice(50, 501)];
    const auto = record.create({ type: 'customerpayment', isDynamic: true });
    auto.setValue('customer', 501);
    auto.setValue('payment', 50);
    auto.setValue('autoapply', true);
    out.auto = ids.map((doc) => {
      const at = auto.findSublistLineWithValue('apply', 'doc', String(doc));
      return [auto.getSublistValue('apply', 'apply', at), auto.getSublistValue('apply', 'amount', at)];
    });
    return out;
  },
}));
