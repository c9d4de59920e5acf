/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/query'], (record, query) => ({
  post() {
    const out = {};
    const po = record.create({ type: 'purchaseorder' });
    po.setValue('entity', 701);
    po.setValue('location', 1);
    po.setSublistValue('item', 'item', 0, 801);
    po.setSublistValue('item', 'quantity', 0, 5);
    po.setSublistValue('item', 'rate', 0, 2);
    const id = po.save();
    const r = record.transform({ fromType: 'purchaseorder', fromId: id, toType: 'itemreceipt' });
    r.setSublistValue('item', 'quantity', 0, 3);
    const rid = r.save();
    out.l = query
      .runSuiteQL({
        query: 'SELECT nl.nexttype AS t, nl.linktype AS k FROM nexttransactionlinelink nl WHERE nl.previousdoc = ?',
        params: [id],
      })
      .asMappedResults();
    out.o = query
      .runSuiteQL({
        query:
          "SELECT tl.quantity AS q, tl.quantityshiprecv AS r, tl.quantity - tl.quantityshiprecv AS left_ FROM transactionline tl WHERE tl.transaction = ? AND tl.mainline = 'F'",
        params: [id],
      })
      .asMappedResults();
    out.s = query
      .runSuiteQL({ query: 'SELECT BUILTIN.DF(status) AS s FROM transaction WHERE id = ?', params: [id] })
      .asMappedResults()[0].s;
    return out;
  },
}));
