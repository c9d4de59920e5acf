/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/transaction', 'N/runtime'], (record, search, transaction, runtime) => ({
  post() {
    const make = (type, entity, item, quantity) => {
      const r = record.create({ type, isDynamic: true, defaultValues: { entity } });
      r.setValue('location', 1);
      r.selectNewLine('item');
      r.setCurrentSublistValue('item', 'item', item);
      r.setCurrentSublistValue('item', 'quantity', quantity);
      r.commitLine('item');
      return r;
    };
    const look = (type, id) => {
      const v = search.lookupFields({ type, id, columns: ['status', 'amountremaining'] });
      return [v.status[0].text, Number(v.amountremaining)];
    };
    const balance = () => Number(search.lookupFields({ type: 'customer', id: 501, columns: 'balance' }).balance || 0);
    const out = {};
    const so = make('salesorder', 501, 801, 2).save();
    const before = runtime.getCurrentScript().getRemainingUsage();
    const same = transaction.void({ type: transaction.Type.SALES_ORDER, id: so });
    out.used = before - runtime.getCurrentScript().getRemainingUsage();
    const s = record.load({ type: 'salesorder', id: so });
    out.so = [
      same === so,
      s.getValue('status'),
      s.getValue('total'),
      s.getSublistValue('item', 'amount', 0),
      s.getValue('memo'),
    ];
    const inv = make('invoice', 501, 804, 2).save();
    out.bal = [balance()];
    transaction.void({ type: 'invoice', id: inv });
    out.bal.push(balance());
    const i = record.load({ type: 'invoice', id: inv });
    out.inv = [i.getValue('status') === 'Voided', i.getValue('total'), Number(i.getValue('amountremaining'))];
    const inv2 = make('invoice', 501, 804, 2).save();
    const pay = record.transform({ fromType: 'invoice', fromId: inv2, toType: 'customerpayment' }).save();
    const pid = transaction.void({ type: 'customerpayment', id: pay });
    out.pay = [
      pid === pay,
      record.load({ type: 'customerpayment', id: pay }).getValue('payment'),
      look('invoice', inv2),
    ];
    const cm = record.transform({ fromType: 'invoice', fromId: inv2, toType: 'creditmemo' }).save();
    transaction.void({ type: 'creditmemo', id: cm });
    const c = record.load({ type: 'creditmemo', id: cm });
    out.cm = [c.getValue('status'), c.getValue('total'), look('invoice', inv2)];
    const bill = record.create({ type: 'vendorbill', isDynamic: true });
    bill.setValue('entity', 701);
    bill.setValue('tranid', 'V1');
    bill.selectNewLine('expense');
    bill.setCurrentSublistValue('expense', 'account', 11);
    bill.setCurrentSublistValue('expense', 'amount', 30);
    bill.commitLine('expense');
    const bid = bill.save();
    transaction.void({ type: 'vendorbill', id: bid });
    out.bill = look('vendorbill', bid);
    out.err = [
      ['invoice', 999999],
      ['customer', 501],
      ['invoice', undefined],
    ].map(([type, id]) => {
      try {
        transaction.void({ type, id });
        return 'none';
      } catch (e) {
        return e.name;
      }
    });
    const row = search
      .create({
        type: 'invoice',
        filters: [['internalid', 'anyof', inv], 'AND', ['mainline', 'is', 'T'], 'AND', ['voided', 'is', 'T']],
        columns: ['status', 'voided'],
      })
      .run()
      .getRange(0, 1)[0];
    out.search = row ? [row.getText('status'), row.getValue('voided') === true || row.getValue('voided') === 'T'] : [];
    return out;
  },
}));
