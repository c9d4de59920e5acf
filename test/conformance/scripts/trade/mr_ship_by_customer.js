/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/search', 'N/record', 'N/log'], (search, record, log) => ({
  getInputData: () =>
    search.create({
      type: 'salesorder',
      filters: [['mainline', 'is', 'T'], 'AND', ['status', 'anyof', 'SalesOrd:B']],
      columns: ['entity', 'tranid', search.createColumn({ name: 'internalid', sort: search.Sort.ASC })],
    }),
  map: (context) => {
    const { id, values } = JSON.parse(context.value);
    context.write({ key: values.entity.value, value: { id, tranid: values.tranid } });
  },
  reduce: (context) => {
    const shipped = context.values.map((value) => {
      const { id } = JSON.parse(value);
      const ship = record.transform({ fromType: 'salesorder', fromId: id, toType: 'itemfulfillment' });
      ship.setValue({ fieldId: 'shipstatus', value: 'C' });
      return ship.save();
    });
    context.write({ key: context.key, value: String(shipped.length) });
  },
  summarize: (summary) => {
    const counts = {};
    summary.output.iterator().each((key, value) => {
      counts[key] = Number(value);
      return true;
    });
    summary.reduceSummary.errors.iterator().each((key, message) => {
      log.error(key, JSON.parse(message).name);
      return true;
    });
    log.audit('shipped', JSON.stringify(counts));
  },
}));
