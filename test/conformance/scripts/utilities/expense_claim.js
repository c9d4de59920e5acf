/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/runtime'], (record, search, runtime) => ({
  post() {
    const out = {};
    const rep = record.create({ type: record.Type.EXPENSE_REPORT, isDynamic: true });
    rep.setValue('entity', 2);
    rep.setValue('memo', 'Trip');
    for (const [memo, amount] of [
      ['Taxi', 12.5],
      ['Hotel', 180],
    ]) {
      rep.selectNewLine('expense');
      rep.setCurrentSublistValue('expense', 'expenseaccount', 11);
      rep.setCurrentSublistValue('expense', 'amount', amount);
      rep.setCurrentSublistValue('expense', 'memo', memo);
      rep.commitLine('expense');
    }
    const id = rep.save();
    const back = record.load({ type: 'expensereport', id });
    out.total = back.getValue('total');
    out.n = back.getLineCount('expense');
    out.sum = search
      .create({
        type: 'expensereport',
        filters: [['mainline', 'is', 'F'], 'and', ['internalid', 'anyof', id]],
        columns: [search.createColumn({ name: 'amount', summary: 'SUM' })],
      })
      .run()
      .getRange(0, 1)[0]
      .getValue({ name: 'amount', summary: 'SUM' });
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
