/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const so = record.create({ type: 'salesorder', isDynamic: true, defaultValues: { entity: 501 } });
    so.setValue('location', 1);
    so.selectNewLine('item');
    so.setCurrentSublistValue('item', 'item', 802);
    so.setCurrentSublistValue('item', 'quantity', 1);
    so.commitLine('item');
    const soId = so.save();
    const dep = record.create({
      type: record.Type.CUSTOMER_DEPOSIT,
      isDynamic: true,
      defaultValues: { entity: 501, salesorder: soId },
    });
    dep.setValue({ fieldId: 'payment', value: 50 });
    dep.setValue({ fieldId: 'paymentmethod', value: 1 });
    const id = dep.save();
    const d = record.load({ type: 'customerdeposit', id });
    const out = {
      dep: [d.getValue('customer'), d.getValue('payment'), d.getValue('status')],
      so: String(d.getValue('salesorder')) === String(soId),
    };
    const invoice = (amount) => {
      const inv = record.create({ type: 'invoice', isDynamic: true, defaultValues: { entity: 501 } });
      inv.selectNewLine('item');
      inv.setCurrentSublistValue('item', 'item', 802);
      inv.setCurrentSublistValue('item', 'rate', amount);
      inv.commitLine('item');
      return inv.save();
    };
    const a = invoice(30);
    const b = invoice(45);
    const apply = (doc) => {
      const da = record.transform({
        fromType: 'customerdeposit',
        fromId: id,
        toType: 'depositapplication',
        isDynamic: true,
      });
      const i = da.findSublistLineWithValue({ sublistId: 'apply', fieldId: 'doc', value: String(doc) });
      da.selectLine('apply', i);
      da.setCurrentSublistValue('apply', 'apply', true);
      const amount = da.getCurrentSublistValue('apply', 'amount');
      da.commitLine('apply');
      return [da.save(), amount];
    };
    const open = () =>
      Number(
        search
          .create({
            type: 'customerdeposit',
            filters: [['internalid', 'anyof', id], 'AND', ['mainline', 'is', 'T']],
            columns: ['amountremaining'],
          })
          .run()
          .getRange(0, 1)[0]
          .getValue('amountremaining'),
      );
    const [, first] = apply(a);
    out.left = open();
    out.status = search.lookupFields({ type: 'customerdeposit', id, columns: 'status' }).status[0].text;
    const [, second] = apply(b);
    out.app = [first, second];
    out.second = [search.lookupFields({ type: 'customerdeposit', id, columns: 'status' }).status[0].text, open()];
    out.inv = [a, b].map((i) => search.lookupFields({ type: 'invoice', id: i, columns: 'status' }).status[0].text);
    const rows = search
      .create({
        type: 'depositapplication',
        filters: [['name', 'anyof', 501], 'AND', ['mainline', 'is', 'T']],
        columns: ['amount', search.createColumn({ name: 'internalid', sort: 'ASC' })],
      })
      .run()
      .getRange(0, 10);
    out.applied = rows.map((r) => record.load({ type: 'depositapplication', id: r.id }).getValue('applied'));
    out.list = record.load({ type: 'depositapplication', id: rows[0].id }).getLineCount('apply') >= 1 ? 1 : 0;
    return out;
  },
}));
