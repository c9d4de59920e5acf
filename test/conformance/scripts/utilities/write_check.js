/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/query', 'N/runtime'], (record, search, query, runtime) => ({
  post() {
    const out = {};
    const ck = record.create({ type: record.Type.CHECK, isDynamic: true });
    ck.setValue('entity', 701);
    ck.setValue('account', 1);
    for (const a of [10, 15.25]) {
      ck.selectNewLine('expense');
      ck.setCurrentSublistValue('expense', 'account', 11);
      ck.setCurrentSublistValue('expense', 'amount', a);
      ck.commitLine('expense');
    }
    const id = ck.save();
    out.total = search.lookupFields({ type: 'check', id, columns: ['total'] }).total;
    out.gl = query
      .runSuiteQL({
        query:
          'SELECT SUM(NVL(debit, 0)) AS d, SUM(NVL(credit, 0)) AS c FROM transactionaccountingline WHERE transaction = ?',
        params: [id],
      })
      .asMappedResults()[0];
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
