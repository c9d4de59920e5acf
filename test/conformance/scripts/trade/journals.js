/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search'], (record, search) => ({
  post() {
    const out = {};
    const je = record.create({ type: record.Type.JOURNAL_ENTRY, isDynamic: true });
    je.setValue({ fieldId: 'subsidiary', value: 1 });
    je.setValue({ fieldId: 'trandate', value: new Date(2026, 11, 31) });
    je.setValue({ fieldId: 'reversaldate', value: new Date(2027, 0, 1) });
    je.setValue({ fieldId: 'memo', value: 'accrual' });
    [
      [1, 'debit'],
      [8, 'credit'],
    ].forEach(([account, side]) => {
      je.selectNewLine({ sublistId: 'line' });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: 'account', value: account });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: side, value: 40 });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: 'entity', value: 501 });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: 'memo', value: 'line' });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: 'department', value: 1 });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: 'class', value: 2 });
      je.setCurrentSublistValue({ sublistId: 'line', fieldId: 'location', value: 1 });
      je.commitLine({ sublistId: 'line' });
    });
    const id = je.save();
    out.status = search.lookupFields({ type: 'journalentry', id, columns: 'status' }).status[0].text;
    const one = record.load({ type: 'journalentry', id });
    out.orig = one.getText('reversaldate');
    out.entity = one.getSublistValue('line', 'entity', 0);
    out.memo = [one.getValue('memo'), one.getSublistValue('line', 'memo', 1)];
    out.seg = ['department', 'class', 'location'].map((f) => one.getSublistValue('line', f, 0));
    const all = search
      .create({ type: 'journalentry', columns: ['internalid'] })
      .run()
      .getRange(0, 50)
      .map((r) => r.id);
    const ids = [...new Set(all)];
    out.search = ids.length;
    const revId = ids.find((x) => x !== String(id));
    if (revId) {
      const rev = record.load({ type: 'journalentry', id: revId });
      const lines = [0, 1].map((l) => ['account', 'debit', 'credit'].map((f) => rev.getSublistValue('line', f, l)));
      out.rev = [
        String(rev.getValue('createdfrom')) === String(id),
        rev.getText('trandate'),
        lines.sort((a, b) => Number(b[0]) - Number(a[0])),
      ];
    }
    const copy = record.copy({ type: 'journalentry', id, isDynamic: true });
    copy.setValue('reversaldate', '');
    const cid = copy.save();
    const c = record.load({ type: 'journalentry', id: cid });
    out.copy = [c.getLineCount('line'), c.getValue('reversaldate')];
    const p = record.create({ type: 'journalentry', isDynamic: true });
    p.setValue('subsidiary', 1);
    p.setValue('approved', false);
    [
      [1, 'debit'],
      [8, 'credit'],
    ].forEach(([account, side]) => {
      p.selectNewLine('line');
      p.setCurrentSublistValue('line', 'account', account);
      p.setCurrentSublistValue('line', side, 5);
      p.commitLine('line');
    });
    const pid = p.save();
    out.pending = [search.lookupFields({ type: 'journalentry', id: pid, columns: 'status' }).status[0].text];
    record.submitFields({ type: 'journalentry', id: pid, values: { approved: true } });
    out.pending.push(search.lookupFields({ type: 'journalentry', id: pid, columns: 'status' }).status[0].text);
    const ic = record.create({ type: 'advintercompanyjournalentry', isDynamic: true });
    ic.setValue('subsidiary', 1);
    [
      [1, 1, 'debit'],
      [1, 8, 'credit'],
      [2, 1, 'debit'],
      [2, 8, 'credit'],
    ].forEach(([sub, account, side]) => {
      ic.selectNewLine('line');
      ic.setCurrentSublistValue('line', 'linesubsidiary', sub);
      ic.setCurrentSublistValue('line', 'account', account);
      ic.setCurrentSublistValue('line', side, 7);
      ic.commitLine('line');
    });
    const icId = ic.save();
    const l = record.load({ type: 'advintercompanyjournalentry', id: icId });
    out.inter = [l.getSublistValue('line', 'linesubsidiary', 2), l.getLineCount('line') === 4];
    try {
      const bad = record.create({ type: 'advintercompanyjournalentry', isDynamic: true });
      bad.setValue('subsidiary', 1);
      [
        [1, 1, 'debit'],
        [2, 8, 'credit'],
      ].forEach(([sub, account, side]) => {
        bad.selectNewLine('line');
        bad.setCurrentSublistValue('line', 'linesubsidiary', sub);
        bad.setCurrentSublistValue('line', 'account', account);
        bad.setCurrentSublistValue('line', side, 7);
        bad.commitLine('line');
      });
      bad.save();
    } catch (e) {
      out.uneven = e.name;
    }
    return out;
  },
}));
