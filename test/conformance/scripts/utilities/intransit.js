/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/query'], (record, query) => ({
  post() {
    const out = {};
    const a = record.create({ type: 'inventoryadjustment' });
    a.setValue('subsidiary', 1);
    a.setValue('account', 12);
    a.setSublistValue('inventory', 'item', 0, 801);
    a.setSublistValue('inventory', 'location', 0, 1);
    a.setSublistValue('inventory', 'adjustqtyby', 0, 10);
    a.save();
    const t = record.create({ type: 'inventorytransfer' });
    t.setValue('subsidiary', 1);
    t.setValue('location', 1);
    t.setValue('transferlocation', 2);
    t.setSublistValue('inventory', 'item', 0, 801);
    t.setSublistValue('inventory', 'adjustqtyby', 0, 4);
    const id = t.save();
    out.l = query
      .runSuiteQL({
        query: `SELECT BUILTIN.DF(tl.item) AS item, tl.quantity AS q, tl.location AS l FROM transactionline tl INNER JOIN transaction t ON t.id = tl.transaction WHERE t.id = ? AND tl.mainline = 'F' ORDER BY tl.quantity`,
        params: [id],
      })
      .asMappedResults();
    out.onhand = query
      .runSuiteQL({
        query: 'SELECT location, quantityonhand FROM aggregateitemlocation WHERE item = 801 ORDER BY location',
      })
      .asMappedResults()
      .filter((r) => r.quantityonhand)
      .map((r) => [r.location, r.quantityonhand]);
    return out;
  },
}));
