/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const mk = (a, b) => {
      const j = record.create({ type: 'journalentry', isDynamic: true });
      j.setValue('subsidiary', 1);
      j.setValue('memo', 'jj');
      j.selectNewLine('line');
      j.setCurrentSublistValue('line', 'account', 1);
      j.setCurrentSublistValue('line', 'debit', a);
      j.commitLine('line');
      j.selectNewLine('line');
      j.setCurrentSublistValue('line', 'account', 8);
      j.setCurrentSublistValue('line', 'credit', b);
      j.commitLine('line');
      return j;
    };
    const out = {};
    try {
      mk(100, 90).save();
    } catch (e) {
      out.unbal = e.name;
    }
    const id = mk(100, 100).save();
    const l = record.load({ type: record.Type.JOURNAL_ENTRY, id });
    out.lines = l.getLineCount('line');
    out.tot = [l.getSublistValue('line', 'debit', 0), l.getSublistValue('line', 'credit', 1)];
    out.acc = [
      l.getSublistText('line', 'account', 0),
      l.getSublistValue('line', 'debit', 0),
      l.getSublistValue('line', 'credit', 0) || '',
    ];
    out.rows = search
      .create({
        type: 'journalentry',
        filters: [['internalid', 'anyof', id]],
        columns: ['account', 'debitamount', 'creditamount'],
      })
      .run()
      .getRange(0, 9)
      .map((r) => [r.getText('account'), r.getValue('debitamount'), r.getValue('creditamount')]);
    return out;
  },
}));
